"""What the Word edition promises, and the tests that hold it: sixteen lessons of files for Word and WPS, what an
edition holds, and input that nobody would wish for.

A line is broken one at a time in the writer's code when this list is gone through; each must make a test fail.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent

POINTS = {
    "1 faces in all four slots, none of the theme": """
        test_all_four_slots_of_every_style_and_of_the_defaults_name_a_face test_no_part_names_a_font_of_the_theme
        test_the_themes_own_fonts_are_those_of_title_and_body""",
    "2 marks that hanzi and Latin share are hinted": """
        test_quotes_dashes_and_ellipses_beside_hanzi_are_hinted_as_chinese test_quotes_around_english_are_not_hinted
        test_the_face_of_a_run_keeps_its_chinese_marks_chinese test_marks_are_chinese_beside_hanzi""",
    "3 indents in characters and in twips, what was there cleared": """
        test_the_first_line_is_indented_in_characters_and_in_twips test_every_style_clears_what_normal_indents""",
    "4 children in the order of the schema": """
        test_children_stand_in_the_order_of_the_schema test_children_that_seldom_meet_stand_in_order_too
        test_the_edition_of_everything_is_valid test_the_validator_rejects_a_broken_copy""",
    "5 built-in styles and outline levels": """
        test_a_built_in_style_is_overridden_under_its_own_name test_headings_and_only_they_have_outline_levels
        test_styles_that_word_lacks_have_chinese_names_and_no_name_comes_twice""",
    "6 contents: a field with its result, and no question": """
        test_the_contents_are_a_field_whose_result_is_there test_each_entry_points_to_a_bookmark_around_its_title
        test_nothing_asks_word_to_update_fields_when_it_opens_the_file""",
    "7 page numbers in five parts, on odd and even pages of every section": """
        test_odd_and_even_pages_have_footers_with_a_whole_page_field test_every_section_repeats_the_footers""",
    "8 22 rows of 28 hanzi": "test_the_page_holds_22_rows_of_28_hanzi test_an_office_may_want_another_line",
    "9 exact lines cut nothing; the grid of a table is true": """
        test_an_exact_line_never_cuts_what_stands_on_it test_titles_cells_pictures_and_small_type_have_no_exact_line
        test_a_style_that_is_taller_than_the_row_has_no_exact_line_even_where_the_sheet_gives_it_none
        test_a_paragraph_with_a_picture_takes_back_the_exact_line test_the_grid_of_a_table_says_the_real_widths""",
    "10 settings of a duplex Chinese document": """
        test_the_settings_are_those_of_a_duplex_chinese_document test_the_language_is_the_documents
        test_line_breaking_follows_the_style_sheet test_the_title_bar_says_nothing_of_an_old_format""",
    "11 the colophon at the foot of the last page": """
        test_the_colophon_floats_at_the_foot_of_the_type_area test_a_bulletins_rules_frame_the_recipients
        test_an_official_documents_rules_are_thick_thin_thick
        test_a_colophon_too_tall_for_the_page_stands_in_the_text""",
    "12 the signature never alone": """
        test_a_signature_keeps_with_what_stands_before_it test_the_date_keeps_with_the_remark_below_it
        test_a_signature_is_tied_however_long_the_last_paragraph_is""",
    "13 no synthetic bold": """
        test_strong_is_heiti_and_no_style_of_chinese_faces_is_bold test_only_runs_without_hanzi_are_bold_or_leaning""",
    "14 the standard's faces with their substitutes": """
        test_the_standards_own_faces_are_named_with_their_substitutes""",
    "15 a number of its own for each list": """
        test_each_list_has_a_number_of_its_own_that_starts_where_it_should test_typed_chinese_numbers_stay_text""",
    "16 nothing lost beside the text": "test_a_line_with_everything_keeps_note_link_picture_and_text",
}

HOLDS = {
    "articles": "test_an_article_is_a_heading_1_and_its_first_heading_a_heading_2 test_blank_rows_part_two_articles",
    "masthead, red rule": """
        test_the_masthead_stands_in_reading_order
        test_the_red_rule_is_the_border_of_a_paragraph_as_wide_as_the_type_area
        test_a_title_stands_two_whole_rows_below_the_masthead_as_in_print""",
    "contents": "test_the_contents_are_a_field_whose_result_is_there",
    "editor's notes": "test_the_label_of_an_editors_note_is_set_apart_within_its_paragraph",
    "columns, source lines, every other part": "test_each_part_has_its_style",
    "source line beside its article": """
        test_a_source_line_is_tied_to_what_is_never_parted_and_to_what_ends_near_the_foot_of_its_page""",
    "run-in headings": "test_a_run_in_heading_opens_its_paragraph_in_the_face_of_its_level",
    "lists": """
        test_items_carry_their_list_level_and_further_paragraphs_go_on_without_a_mark
        test_an_item_that_begins_with_a_table_has_a_paragraph_for_its_mark""",
    "tables": """
        test_a_table_has_spans_repeated_heads_and_alignment test_widths_that_the_author_gave_are_kept
        test_a_small_table_takes_three_fifths_of_the_measure test_a_table_in_landscape_stands_on_pages_of_its_own""",
    "figures": """
        test_a_figure_has_its_picture_its_alternative_text_and_its_caption
        test_each_picture_has_its_caption_in_the_cell_below""",
    "footnotes": """
        test_notes_are_footnotes_in_a_part_of_their_own test_a_note_called_again_refers_to_its_number
        test_notes_are_counted_in_circles_in_chinese_and_in_figures_in_english""",
    "ruby": """
        test_a_ruby_has_base_and_reading test_a_reading_is_raised_above_its_base
        test_a_reading_on_an_exact_line_does_not_ask_for_rows_of_the_grid""",
    "emphasis dots": """
        test_dots_stand_under_hanzi_and_lines_under_names test_dots_inside_another_style_stand_in_the_run_itself""",
    "links": "test_a_link_is_a_relationship_to_the_outside test_a_link_to_a_heading_leads_to_its_bookmark",
    "code": """
        test_verse_and_code_keep_their_lines_in_one_paragraph test_each_inline_has_its_look
        test_code_has_the_face_of_code""",
    "page breaks": "test_a_page_break_belongs_to_the_paragraph_that_follows",
    "signature block": """
        test_with_a_seal_the_organ_stands_centred_over_a_date_four_hanzi_from_the_right
        test_without_a_seal_the_date_begins_two_hanzi_to_the_right_of_the_organ
        test_organs_with_seals_stand_side_by_side_so_far_apart_that_no_seal_meets_another""",
    "附件": """
        test_an_attachment_begins_a_page_with_its_label
        test_the_names_of_attachments_turn_over_under_the_first_names_first_hanzi""",
    "版记 or 报尾": """
        test_the_colophon_floats_at_the_foot_of_the_type_area
        test_the_colophon_stands_at_the_foot_of_the_last_page""",
    "odd and even page numbers": "test_odd_and_even_pages_have_footers_with_a_whole_page_field",
    "page geometry": "test_the_page_holds_22_rows_of_28_hanzi",
    "header and footer": """
        test_a_running_head_stands_on_every_page_but_the_first test_page_one_may_go_without_a_number
        test_a_draft_says_so_on_every_page""",
    "language, properties, title": """
        test_the_language_is_the_documents test_core_properties_say_who_and_what
        test_an_official_document_is_known_by_its_title
        test_custom_properties_repeat_name_and_hash_and_name_the_style_sheet""",
    "styles carry the look": """
        test_body_paragraphs_are_plain_normal_so_that_changing_it_changes_them_all
        test_another_face_or_size_for_the_whole_text_is_a_matter_of_its_style
        test_every_style_of_a_paragraph_is_a_kind_of_text""",
    "the navigation pane": "test_the_navigation_pane_has_headings_and_nothing_else",
    "valid": "test_the_edition_of_everything_is_valid test_other_settings_of_the_style_sheet_are_valid",
    "as many pages in LibreOffice": """
        test_it_has_as_many_pages_as_the_print_edition test_a_long_document_has_as_many_pages_but_one""",
    "the same bytes": "test_two_runs_give_the_same_bytes test_the_file_is_the_same_however_many_hands_there_are",
    "faces inside the file": """
        test_a_free_face_is_embedded_obfuscated_and_named test_a_build_embeds_what_it_may_and_says_what_it_may_not""",
    "identity for the way back": """
        test_every_paragraph_with_text_has_one_bookmark_that_ends_in_it
        test_the_identity_part_pairs_the_ids_of_paragraphs_with_their_bookmarks
        test_the_custom_part_holds_name_hash_and_each_blocks_source""",
}

BAD_INPUT = {
    "characters that XML forbids": """
        test_characters_that_xml_forbids_are_replaced_and_reported_with_their_place""",
    "a table of 64 columns": "test_a_table_of_64_columns_keeps_all_its_text_in_order",
    "a picture of an unknown kind": "test_a_picture_of_an_unknown_kind_is_left_out_and_reported",
    "a link without a target": "test_a_link_that_leads_nowhere_keeps_its_text_and_is_reported",
    "a heading level of 9": "test_a_heading_of_level_9_becomes_words_last",
    "a 10 MB paragraph": "test_a_paragraph_of_ten_megabytes_is_cut_into_runs_and_reported",
    "and all of it valid": "test_hard_input_is_valid",
}

_TESTS = re.compile("^def (test_[a-z0-9_]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def written() -> set[str]:
    """The tests of this folder."""
    return {name for file in HERE.glob("test_*.py") for name in _TESTS.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("promises", [POINTS, HOLDS, BAD_INPUT], ids=["points", "holds", "bad input"])
def test_every_promise_names_tests_that_are_there(promises: dict[str, str], written: set[str]) -> None:
    assert {line: name for line, tests in promises.items() for name in tests.split() if name not in written} == {}
    assert all(tests.split() for tests in promises.values())


def test_all_sixteen_points_are_there() -> None:
    assert [line.split()[0] for line in POINTS] == [str(number) for number in range(1, 17)]
