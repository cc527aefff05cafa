/* The splitter: equal to a slow, obvious parser for any text, any size of chunk and any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/random.h"
#include "slow_csv.h"
#include "table/csv.h"
#include "table/csv_scan.h"
#include "table/csv_split.h"
#include "table/source_read.h"

static char path[] = "/tmp/keng-csv-XXXXXX";

static int make_file(void **state)
{
	int descriptor = mkstemp(path);

	(void)state;
	return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_file(const char *header, const char *text, size_t length)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(header, file);
	fwrite(text, 1, length, file);
	assert_int_equal(fclose(file), 0);
}

struct pace {
	size_t chunk, threads;
};

/* The first FEW need no threads, which take long to gather on a busy machine. */
static const struct pace paces[] = { { 0, 1 },	{ 1, 1 }, { 2, 1 },  { 3, 1 }, { 7, 1 },
				     { 64, 1 }, { 2, 2 }, { 16, 3 }, { 5, 7 } };
#define NPACE (sizeof paces / sizeof paces[0])
#define FEW 6

static enum kg_status read_file(struct pace pace, bool as_text, struct kg_arena *arena, const struct kg_table **table,
				struct kg_error *error)
{
	struct kg_read read = { .as_text = as_text, .threads = pace.threads };
	struct kg_source source;

	memset(error, 0, sizeof *error);
	if (kg_source_open(path, arena, &source, error) != KG_OK)
		return error->status;
	return kg_source_read_table(&source, &read, pace.chunk, arena, table, error);
}

static void assert_cells(const struct slow_csv *slow, const struct kg_table *table)
{
	assert_int_equal(table->nrow, slow->nrow);
	for (size_t i = 0; i < slow->nrow; i++) {
		assert_int_equal(kg_table_line(table, i), slow->line[i]);
		for (size_t j = 0; j < slow->ncolumn; j++)
			assert_string_equal(kg_column_text(&table->column[j], i), slow->cell[i * slow->ncolumn + j]);
	}
}

/* The same text at every pace: the slow parser's rows, or its refusal. */
static void assert_as_slow(const char *header, size_t ncolumn, const char *text, size_t npace)
{
	char first[sizeof(struct kg_error)] = "";
	size_t length = strlen(text);
	struct slow_csv *slow = malloc(sizeof *slow);

	slow_csv_parse(slow, ncolumn, text, length);
	write_file(header, text, length);
	for (size_t i = 0; i < npace; i++) {
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_table *table;
		struct kg_error error;
		char message[sizeof first];
		enum kg_status status = read_file(paces[i], true, arena, &table, &error);

		kg_error_text(&error, message, sizeof message);
		if (slow->refused || !slow->nrow) {
			assert_int_equal(status, KG_EDATA);
			assert_int_equal(error.row, slow->refused);
			if (i == 0)
				strcpy(first, message);
			assert_string_equal(message, first);
		} else {
			if (status != KG_OK)
				fail_msg("%s", message);
			assert_cells(slow, table);
		}
		kg_arena_free(arena);
	}
	free(slow);
}

static void known_texts(void **state)
{
	static const char *const text[] = { "",
					    "1,2\n",
					    "1,2",
					    "1,2\r\n3,4\r\n",
					    "1,2\n\n",
					    "1,2\n\n\n3,4\n",
					    "\n1,2\n",
					    "1,2\r",
					    "1,2\r3,4\r",
					    "1,\"a\nb\"\n3,4\n",
					    "1,\"a\"\"b\"\n",
					    "1,\"a\"b\n",
					    "1,a\"b\n",
					    "1,\"a\n3,4\n5,6\n",
					    "1\n",
					    "1,2,3\n",
					    " 1 ,\t2\t\n",
					    " \"1\" , \" 2 \" \n",
					    ",\n",
					    ",",
					    "  \n1,2\n",
					    "1,2\n   ",
					    "1,2 \r\n \r\n",
					    "\"\n\n\n\",2\nx,\"\n\"\n" };

	(void)state;
	for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
		assert_as_slow("a,b\n", 2, text[i], NPACE);
}

static void random_texts(void **state)
{
	static const char *const piece[] = { "a",  "1",	   ",",	 ",", "\n",    "\n",	 "\"",	    "\"\"", " ",
					     "\t", "\r\n", "\r", "é", "a,b\n", "\"x\",", "\"x\"\n", "2,3\n" };
	struct kg_random random = kg_random_stream(7, 0, 0);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		uint32_t kinds = round % 2 ? 17 : 10, count = kg_random_below(&random, 24);
		size_t columns = 1 + kg_random_below(&random, 3);
		char text[256] = "";

		for (uint32_t i = 0; i < count; i++)
			strcat(text, piece[kg_random_below(&random, kinds)]);
		assert_as_slow(columns == 1 ? "a\n" : columns == 2 ? "a,b\n" : "a,b,c\n", columns, text, FEW);
	}
}

/* Whole records, so that most texts can be read; long enough that plain and quoted stretches take turns. */
static void random_rows(void **state)
{
	static const char *const cell[] = { "a",	  "",	      "12",	  "\"x\"", "\"\"",
					    "\"y\"\"z\"", "\"p\nq\"", "Hòa Bình", " b ",   "\"r,s\"" };
	struct kg_random random = kg_random_stream(8, 0, 0);

	(void)state;
	for (int round = 0; round < 300; round++) {
		uint32_t rows = 1 + kg_random_below(&random, 120), kinds = round % 3 ? 10 : 3;
		char text[SLOW_TEXT] = "";

		for (uint32_t i = 0; i < rows; i++) {
			strcat(text, cell[kg_random_below(&random, kinds)]);
			strcat(text, ",k");
			strcat(text, cell[kg_random_below(&random, 3)]);
			strcat(text, round % 5 ? "\n" : "\r\n");
		}
		assert_as_slow("a,b\n", 2, text, round % 50 ? FEW : NPACE);
	}
}

/* The scanner and libcsv, directly: the same fields of the same text without quotes. */
static void scanner_is_libcsv(void **state)
{
	static const char letter[] = "ab1,,,\n\n \t.\xC3\xA9;";
	static const uint32_t slot[] = { 0, 1, 2 };
	static const char *const name[] = { "x", "y", "z" };
	struct kg_random random = kg_random_stream(9, 0, 0);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct kg_csv_shape shape = { round % 7	  ? ','
					      : round % 2 ? '\t'
							  : ';',
					      1 + (size_t)round % 3, 3, name, slot, false };
		struct kg_chunk chunk[2] = { { .shape = &shape }, { .shape = &shape } };
		size_t length = kg_random_below(&random, 200);
		struct kg_error error;
		char text[2][200];

		for (size_t i = 0; i < length; i++)
			text[0][i] = letter[kg_random_below(&random, sizeof letter - 1)];
		memcpy(text[1], text[0], length);
		for (int i = 0; i < 2; i++) {
			chunk[i].bytes = text[i];
			chunk[i].length = length;
			assert_int_equal(kg_chunk_prepare(&chunk[i], length + 2, &error), KG_OK);
		}
		kg_scan_split(&chunk[0], 0, length, true);
		kg_csv_split(&chunk[1], 0, length, true);
		assert_int_equal(chunk[0].nrow, chunk[1].nrow);
		assert_int_equal(chunk[0].error.row, chunk[1].error.row);
		assert_string_equal(chunk[0].error.what, chunk[1].error.what);
		assert_true(chunk[0].error.status != KG_OK || chunk[0].nline == chunk[1].nline);
		assert_int_equal(chunk[0].blank, chunk[1].blank);
		for (size_t i = 0; i < chunk[0].nrow; i++) {
			assert_int_equal(chunk[0].line[i], chunk[1].line[i]);
			for (size_t j = 0; j < shape.nfield; j++) {
				struct kg_span a = chunk[0].span[j * chunk[0].room + i];
				struct kg_span b = chunk[1].span[j * chunk[1].room + i];

				assert_int_equal(a.length, b.length);
				assert_memory_equal(text[0] + a.at, text[1] + b.at, a.length);
			}
		}
		kg_chunk_free(&chunk[0]);
		kg_chunk_free(&chunk[1]);
	}
}

/* Cuts fall on record ends only, whatever the size. */
static void cuts_are_record_ends(void **state)
{
	static const char text[] = "a,b\n\"1\n2\",3\n\"\"\"\n\",4\n5,6\n7,8";
	static const size_t ends[] = { 0, 4, 12, 20, 24, 27 };
	size_t length = strlen(text), cut[64];

	(void)state;
	for (size_t size = 1; size < 40; size++) {
		struct kg_cutting cutting = { text, length, size, 2, false };
		struct kg_error error;
		size_t pieces = kg_split_pieces(&cutting);

		assert_int_equal(kg_split_cut(&cutting, cut, &error), KG_OK);
		assert_int_equal(cut[pieces], 24);
		for (size_t i = 0; i <= pieces; i++) {
			bool found = false;

			for (size_t j = 0; j < 5; j++)
				found |= cut[i] == ends[j];
			assert_true(found);
		}
		cutting.end = true;
		assert_int_equal(kg_split_cut(&cutting, cut, &error), KG_OK);
		assert_int_equal(cut[pieces], length);
	}
}

static void bad_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t length, line;
		const char *what;
	} cases[] = { { "1,2\n3,\0\n", 8, 3, "column 'b': a NUL byte" },
		      { "1,2\n3,a\xFFz\n", 9, 3, "column 'b': the text is not UTF-8" },
		      { "1,\"x\n\xC3\"\n", 8, 2, "column 'b': the text is not UTF-8" },
		      { "1,2,3\n4,\0\n", 10, 2, "the row has 3 cells" },
		      { "1,2\n\n4,\0\n", 9, 3, "the row is blank" },
		      { "1,\"a\"b\n4,\xC3\n", 11, 2, "column 'b': a stray quote" },
		      { "1,2\n\xED\xA0\x80,1\n", 10, 3, "column 'a': the text is not UTF-8" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		write_file("a,b\n", cases[i].text, cases[i].length);
		for (size_t j = 0; j < NPACE; j++) {
			struct kg_arena *arena = kg_arena_new(0);
			const struct kg_table *table;
			struct kg_error error;
			char message[sizeof error];

			assert_int_equal(read_file(paces[j], true, arena, &table, &error), KG_EDATA);
			kg_error_text(&error, message, sizeof message);
			assert_int_equal(error.row, cases[i].line);
			assert_non_null(strstr(message, cases[i].what));
			kg_arena_free(arena);
		}
	}
}

static void invalid_utf8_is_found_anywhere(void **state)
{
	char text[64];

	(void)state;
	for (size_t at = 0; at < 60; at++) {
		memset(text, 'a', sizeof text);
		assert_int_equal(kg_scan_invalid(text, sizeof text), sizeof text);
		memcpy(text + at, "\xE1\xBB\x87", 3);
		assert_int_equal(kg_scan_invalid(text, sizeof text), sizeof text);
		text[at + 2] = 'x';
		assert_int_equal(kg_scan_invalid(text, sizeof text), at);
		memset(text, 'a', sizeof text);
		text[at] = '\0';
		assert_int_equal(kg_scan_invalid(text, sizeof text), at);
	}
}

/* A quote that is opened and never closed in a file longer than the longest record, and a cell beyond the cap. */
static void endless_cells(void **state)
{
	size_t length = 3 * KG_CSV_FIELD_MOST;
	char *text = malloc(length);

	(void)state;
	for (int unclosed = 0; unclosed < 2; unclosed++) {
		struct kg_arena *arena = kg_arena_new(0);
		const struct kg_table *table;
		struct kg_error error;

		memset(text, 'x', length);
		memcpy(text, "1,2\n3,\"", 7);
		memcpy(text + length - 2, unclosed ? "x\n" : "\"\n", 2);
		write_file("a,b\n", text, length);
		assert_int_equal(read_file(paces[0], true, arena, &table, &error), KG_EDATA);
		assert_int_equal(error.row, 3);
		assert_string_equal(error.column, "b");
		assert_non_null(strstr(error.what, unclosed ? "never closed" : "longer than 1 MiB"));
		kg_arena_free(arena);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_texts),
		cmocka_unit_test(random_texts),
		cmocka_unit_test(random_rows),
		cmocka_unit_test(scanner_is_libcsv),
		cmocka_unit_test(cuts_are_record_ends),
		cmocka_unit_test(bad_bytes),
		cmocka_unit_test(invalid_utf8_is_found_anywhere),
		cmocka_unit_test(endless_cells),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
