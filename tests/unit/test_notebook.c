/* The parts of a notebook in memory: front matter, blocks, addresses of values, digests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "notebook/book.h"
#include "notebook/page.h"
#include "notebook/render.h"
#include "notebook/template.h"
#include "notebook/value.h"
#include "table/builder.h"

static int set_up(void **state)
{
	*state = kg_arena_new(0);
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	kg_arena_free(*state);
	return 0;
}

static void test_digest_is_sha256(void **state)
{
	struct kg_digest digest = kg_digest_new();
	char hex[KG_DIGEST_SIZE];

	(void)state;
	kg_digest_add(&digest, "abc", 3); /* FIPS 180-4: ba7816bf 8f01cfea ... */
	kg_digest_end(&digest, hex);
	assert_string_equal(hex, "ba7816bf");
}

static void test_front_matter(void **state)
{
	const char *text = "---\n# a comment\ntitle: \"A \\\"b\\\": c\" # more\nparams: {a: 'it''s', b: x y}\ndata:\n"
			   "  d: ../d.csv\n  e: DIR#r\ntags: [a, b]\nlang: vi\n---\nText";
	struct kg_front front;
	struct kg_error error;

	assert_int_equal(kg_front_read("n.md", text, *state, &front, &error), KG_OK);
	assert_string_equal(kg_front_text(&front, "title", ""), "A \"b\": c");
	assert_string_equal(kg_front_find(&front, "params", "a")->value, "it's");
	assert_string_equal(kg_front_find(&front, "params", "b")->value, "x y");
	assert_string_equal(kg_front_find(&front, "data", "e")->value, "DIR#r");
	assert_int_equal(kg_front_find(&front, "data", "e")->line, 7);
	assert_string_equal(text + front.length, "Text");
	assert_null(kg_front_find(&front, "", "params"));
	assert_int_equal(kg_front_read("n.md", "no front matter", *state, &front, &error), KG_OK);
	assert_int_equal(front.length, 0);
	assert_int_equal(kg_front_read("n.md", "---\ntitle: x\n", *state, &front, &error), KG_EDATA);
	assert_int_equal(kg_front_read("n.md", "---\n  title: x\n---\n", *state, &front, &error), KG_EDATA);
	assert_int_equal(kg_front_read("n.md", "---\ntitle\n---\n", *state, &front, &error), KG_EDATA);
	assert_int_equal(kg_front_read("n.md", "---\np: {a: b\n---\n", *state, &front, &error), KG_EDATA);
}

static void test_blocks_and_values(void **state)
{
	const char *text =
	    "Text `<!-- keng:= no -->`\n```keng #a-1\n# comment\ngrowth d \\\n  --time year\n\nplot line\n```\n"
	    "<!-- keng:out #a-1 -->\n<!-- keng:= not read -->\n<!-- keng:end #a-1 in=0123abcd out=89ef0000 -->\n"
	    "~~~\n```keng #not\n~~~\nx <!-- keng:= a-1.nrow -->12<!-- keng:. -->\n";
	struct kg_book book;
	struct kg_error error;

	assert_int_equal(kg_book_parse("n.md", text, *state, &book, &error), KG_OK);
	assert_int_equal(book.nblock, 1);
	assert_string_equal(book.block[0].id, "a-1");
	assert_int_equal(book.block[0].ncommand, 2);
	assert_string_equal(book.block[0].command[0].text, "growth d  --time year");
	assert_int_equal(book.block[0].command[0].line, 4);
	assert_string_equal(book.block[0].in, "0123abcd");
	assert_string_equal(book.block[0].out, "89ef0000");
	assert_int_equal(book.nvalue, 1);
	assert_string_equal(book.value[0].asked, "a-1.nrow");
	assert_int_equal(book.value[0].line, 15);
	assert_memory_equal(text + book.value[0].start, "12", 2);
	assert_int_equal(book.value[0].end - book.value[0].start, 2);
}

static const struct kg_table *make_table(struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("t", arena);
	const struct kg_table *table;
	struct kg_error error;

	kg_builder_column(builder, "place", KG_TEXT, NULL);
	kg_builder_column(builder, "year", KG_INTEGER, NULL);
	kg_builder_column(builder, "estimate", KG_REAL, NULL);
	for (int i = 0; i < 3; i++) {
		kg_builder_row(builder);
		kg_builder_text(builder, 0, i == 0 ? "A, B" : i == 1 ? "C]" : "D");
		kg_builder_real(builder, 1, 2010 + i);
		kg_builder_real(builder, 2, i == 2 ? NAN : 1234.5678 * (1 - 2 * i));
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, &error), KG_OK);
	return table;
}

static void expect(void **state, const char *asked, enum kg_language language, const char *expected)
{
	struct kg_style style = { .digits = 4, .language = language };
	const struct kg_table *table = make_table(*state);
	struct kg_value value;
	struct kg_error error;
	const char *text = NULL;
	enum kg_status status = kg_value_parse(asked, *state, &value, &error);

	if (status == KG_OK)
		status = kg_value_text(&value, table, &style, *state, &text, &error);
	if (expected) {
		assert_int_equal(status, KG_OK);
		assert_string_equal(text, expected);
	} else {
		assert_int_not_equal(status, KG_OK);
	}
}

static void test_addresses(void **state)
{
	expect(state, "t[place=\"A, B\"].estimate", KG_ENGLISH, "1,235");
	expect(state, "t[place=\"A, B\"].estimate", KG_VIETNAMESE, "1.235");
	expect(state, "t[year=2010].estimate %.2f", KG_ENGLISH, "1234.57");
	expect(state, "t[year=2010].estimate %.2f", KG_VIETNAMESE, "1234,57");
	expect(state, "t[year=2010].estimate %'.1f", KG_VIETNAMESE, "1.234,6");
	expect(state, "t[year=2010].estimate %+.0f", KG_ENGLISH, "+1235");
	expect(state, "t[year=2010].estimate *0.01 %.1f%%", KG_ENGLISH, "12.3%");
	expect(state, "t[place=\"C]\",year=2011].estimate %d", KG_ENGLISH, "-1235");
	expect(state, "t[place=D].year", KG_ENGLISH, "2012");
	expect(state, "t.nrow", KG_ENGLISH, "3");
	expect(state, "t[place=D].estimate", KG_ENGLISH, NULL);
	expect(state, "t[place=E].year", KG_ENGLISH, NULL);
	expect(state, "t.year", KG_ENGLISH, NULL);
	expect(state, "t[place=D].nothing", KG_ENGLISH, NULL);
	expect(state, "t[place=D", KG_ENGLISH, NULL);
	expect(state, "t[place].year", KG_ENGLISH, NULL);
	expect(state, "t", KG_ENGLISH, NULL);
	expect(state, "", KG_ENGLISH, NULL);
	expect(state, "t[place=D].place %.1f", KG_ENGLISH, NULL);
	expect(state, "t[place=D].year %n", KG_ENGLISH, NULL);
	expect(state, "t[place=D].year %.99f", KG_ENGLISH, NULL);
	expect(state, "t[place=D].year %s%s", KG_ENGLISH, NULL);
}

static void test_template(void **state)
{
	const struct kg_template_fill fill[] = { { "a'b \"c", "a'b \"c" }, { "1,519", "1519" } };
	struct kg_template_slot *slot;
	struct kg_names word;
	struct kg_error error;
	size_t count;

	assert_int_equal(kg_template_slots("x --t '{{ name }} z' {{= a[b=c d].e %.0f}}", *state, &slot, &count, &error),
			 KG_OK);
	assert_int_equal(count, 2);
	assert_string_equal(slot[0].parameter, "name");
	assert_string_equal(slot[1].asked, "a[b=c d].e %.0f");
	assert_int_equal(
	    kg_template_words("x --t '{{ name }} z' {{= a[b=c d].e %.0f}}", fill, *state, &word, &error), KG_OK);
	assert_int_equal(word.count, 4);
	assert_string_equal(word.name[2], "a'b \"c z");
	assert_string_equal(word.name[3], "1519");
	assert_int_equal(kg_template_slots("{{ open", *state, &slot, &count, &error), KG_EDATA);
}

static void test_page_lets_no_markup_in(void **state)
{
	const char *text =
	    "---\ntitle: \"<script>\"\n---\n# A & B\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) "
	    "<b>t</b>\n\n| a | b |\n| - | -: |\n| <i> | 1.25 |\n| x | 10 |\n";
	struct kg_book book;
	struct kg_page page;
	struct kg_error error;
	struct kg_buffer out = kg_buffer_new(*state);

	assert_int_equal(kg_book_parse("n.md", text, *state, &book, &error), KG_OK);
	assert_int_equal(kg_render_book(&book, false, *state, &page, &error), KG_OK);
	assert_null(strstr(page.body, "<script"));
	assert_null(strstr(page.body, "javascript:"));
	assert_null(strstr(page.body, "<b>"));
	assert_non_null(strstr(page.body, "<h1 id=\"a-b\">A &amp; B</h1>"));
	assert_non_null(strstr(page.body, "10<span class=\"pad\" style=\"width:2.5ch\"></span>"));
	assert_int_equal(kg_page_write(&page, &out, &error), KG_OK);
	assert_non_null(strstr(out.text, "<title>&lt;script&gt;</title>"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_digest_is_sha256, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_front_matter, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_blocks_and_values, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_addresses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_template, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_page_lets_no_markup_in, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
