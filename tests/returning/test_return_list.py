"""What the way back promises, and the tests that hold it: what it reads, what it keeps, what it says, bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FOLDERS = ("returning", "exporters/docx", "readers/docx", "cli")

CARRIES = {
    "a stable identity on each block": """
        test_every_paragraph_with_text_has_one_bookmark_that_ends_in_it
        test_the_identity_part_pairs_the_ids_of_paragraphs_with_their_bookmarks""",
    "source name, ids, hashes, each block's source text": """
        test_the_custom_part_holds_name_hash_and_each_blocks_source""",
    "comments stay out of it": """
        test_comments_of_the_source_stay_out_of_the_edition
        test_an_edition_tells_which_rules_of_repair_are_excused_and_not_why""",
}

READS = {
    "tracked insertions, deletions, formatting changes": """
        test_a_changed_word_leaves_marks_links_and_notes_beside_it
        test_a_new_paragraph_stands_behind_the_one_before_it test_a_look_put_on_is_written_as_its_mark
        test_tracked_deletion_of_a_paragraphs_mark_joins_it_to_the_next""",
    "tracked moves": """
        test_a_moved_paragraph_keeps_its_source
        test_whatever_word_writes_every_character_is_in_one_list_and_the_next_edition_is_at_rest""",
    "comments": "test_comments_come_back_as_review_notes",
    "content controls, smart tags, text boxes": """
        test_words_in_controls_tags_and_boxes_are_read test_words_in_boxes_tags_and_controls_are_counted_once""",
    "simple and complex fields": "test_fields_simple_and_complex_give_their_results",
    "notes": """
        test_a_word_changed_in_a_note_is_changed_there test_a_note_that_is_split_has_two_paragraphs
        test_notes_go_and_come_with_their_calls
        test_two_new_notes_of_several_paragraphs_have_labels_of_their_own test_a_note_is_written_where_it_fits
        test_a_note_called_twice_is_one_note""",
    "merged tables": "test_all_nine_points_are_read test_what_becomes_of_rows_and_cells",
    "soft breaks": "test_all_nine_points_come_back_into_the_source",
    "auto numbers of all Chinese counting formats": """
        test_numbers_that_word_counts_are_words
        test_every_format_that_counts_in_the_words_counts_as_word_does
        test_a_format_of_the_writers_own_comes_before_that_for_readers_that_do_not_know_it
        test_numbers_are_spelled_in_hanzi""",
    "pictures added or replaced": """
        test_what_becomes_of_pictures test_a_picture_moved_takes_its_caption_with_it test_a_picture_in_a_line_of_text
        test_new_pictures_are_put_beside_the_result""",
    "paragraphs typed over, put in, taken out": """
        test_each_kind_of_edit_comes_in_its_list_and_the_source_says_what_it_can
        test_edits_that_a_source_can_say_are_applied_exactly
        test_a_deleted_paragraph_goes_with_its_blank_line""",
    "split and joined": """
        test_a_split_paragraph_and_joined_ones test_a_paragraph_is_split_at_every_place_of_it
        test_other_blocks_are_split_anywhere
        test_the_excuse_goes_with_its_paragraph_and_goes_away_when_the_two_are_joined_again""",
    "moved": """
        test_a_moved_paragraph_keeps_its_source test_entries_of_front_matter_go_with_their_articles
        test_a_paragraph_moved_into_a_cell_is_a_line_of_it""",
    "headings promoted": """
        test_a_paragraph_made_a_heading_gets_the_marks_of_its_level
        test_levels_of_headings_change_and_an_excuse_speaks_where_words_say_another
        test_a_heading_keeps_its_level_when_the_number_that_told_it_is_taken_out""",
}

KEEPS = {
    "aligned by id, then by likeness": """
        test_an_edit_comes_back_through_other_hands test_an_edition_without_its_marks_is_compared_by_its_words""",
    "structure and front matter": """
        test_a_name_changed_in_the_masthead_is_changed_in_front_matter
        test_a_line_of_a_bulletins_head_or_foot_is_its_key test_the_form_of_a_value_is_kept""",
    "comments and line habits": """
        test_wraps_and_comments_and_line_ends_of_the_source_stay
        test_bytes_of_other_encodings_and_line_ends_are_kept""",
    "an untouched block keeps its bytes, a changed one is mended": """
        test_a_changed_word_leaves_marks_links_and_notes_beside_it test_what_comes_back_is_at_rest""",
    "marks, links, ruby, notes outside an edit": """
        test_a_changed_word_leaves_marks_links_and_notes_beside_it
        test_a_reading_over_words_that_are_bold_in_part_is_never_doubled
        test_a_link_around_a_reading_stands_in_its_base test_a_look_taken_off_takes_its_mark_with_it""",
    "nothing edited, nothing changed": """
        test_an_unedited_file_gives_the_source_byte_for_byte
        test_an_unedited_file_of_any_document_gives_its_source
        test_an_unedited_file_is_a_no_op_through_every_hand
        test_an_unedited_edition_lists_nothing_and_its_furniture_is_counted_as_it_was""",
}

SAYS = {
    "three lists with place and text": """
        test_what_was_applied_is_said_with_its_places
        test_each_kind_of_edit_comes_in_its_list_and_the_source_says_what_it_can
        test_what_a_source_cannot_say_is_listed""",
    "a three-way merge": """
        test_changes_on_both_sides_are_merged
        test_changes_with_a_clause_between_them_are_merged_and_said_to_be
        test_the_same_change_on_both_sides_is_no_conflict
        test_a_change_inside_one_part_of_what_the_source_has_parted_since_is_merged
        test_excuses_are_the_authors_and_neither_doubled_nor_brought_back_nor_a_conflict""",
    "conflicts are marked": """
        test_a_conflict_makes_the_result_1_and_is_marked
        test_a_paragraph_changed_on_both_sides_is_marked_as_a_conflict
        test_changes_that_touch_are_a_conflict_and_marked
        test_a_deletion_of_what_has_changed_meanwhile_is_marked""",
    "review notes": "test_comments_come_back_as_review_notes",
    "the count, and its check": """
        test_the_count_finds_what_a_reader_leaves_out test_a_reader_that_overlooks_a_paragraph_is_found_out
        test_a_reader_that_reads_a_paragraph_twice_is_found_out
        test_random_edits_of_any_document_lose_no_character""",
    "nine points": "test_all_nine_points_are_read test_all_nine_points_come_back_into_the_source",
    "LibreOffice": """
        test_edits_of_every_sample_come_back_through_libreoffice
        test_files_that_libreoffice_saved_give_their_sources_byte_for_byte_and_list_no_look_of_its_own
        test_built_edited_in_libreoffice_and_by_hand_brought_back_and_built_again""",
    "a DOCX that is not ours": """
        test_a_file_that_says_nothing_of_its_source_is_compared_by_its_words_and_that_is_said""",
    "random edits": """
        test_random_edits_of_the_samples_come_out_as_they_were_made
        test_edits_that_a_source_can_say_are_applied_exactly
        test_random_changes_of_two_clauses_are_merged_where_one_stands_between""",
}

BAD_INPUT = {
    "no DOCX, encrypted, a bomb": """
        test_what_is_no_docx_is_refused
        test_what_is_no_edited_file_is_refused_in_one_sentence_that_says_what_to_do
        test_hostile_and_damaged_xml_is_refused_and_nothing_is_expanded_or_fetched""",
    "of another source": """
        test_an_edition_of_another_source_is_refused
        test_a_file_of_another_source_is_refused_and_the_source_is_asked_for
        test_nothing_is_written_where_the_edited_file_is_of_another_source""",
    "older than the source": "test_an_edition_older_than_its_source_is_merged_into_it",
    "ids lost in part, doubled": """
        test_lost_and_doubled_marks_are_said_with_their_number
        test_a_paragraph_copied_with_its_mark_is_put_in_and_the_first_stays""",
    "saved by LibreOffice, WPS, an online editor": """
        test_which_program_has_saved_it_is_said test_an_edit_comes_back_through_other_hands
        test_a_file_that_says_nothing_of_its_source_is_compared_by_its_words_and_that_is_said""",
}

_TESTS = re.compile("^def (test_[a-z0-9_]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The tests of the folders that hold the promises."""
    files = (file for folder in FOLDERS for file in (TESTS / folder).glob("test_*.py"))
    return {name for file in files for name in _TESTS.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize(
    "promises", [CARRIES, READS, KEEPS, SAYS, BAD_INPUT], ids=["carries", "reads", "keeps", "says", "bad input"]
)
def test_every_promise_of_the_way_back_names_tests_that_are_there(promises: dict[str, str], written: set[str]) -> None:
    assert {line: name for line, tests in promises.items() for name in tests.split() if name not in written} == {}
    assert all(tests.split() for tests in promises.values())
