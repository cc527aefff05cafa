/* Sources: types, bounds, schemas, streams, folding; the same table for any chunk size and any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/random.h"
#include "table/fold.h"
#include "table/missing.h"
#include "table/source_read.h"

struct folder {
	struct kg_arena *arena;
	struct kg_error error;
	char path[64], data[96], descriptor[96];
};

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof *folder);

	strcpy(folder->path, "/tmp/keng-source-XXXXXX");
	if (!mkdtemp(folder->path))
		return -1;
	folder->arena = kg_arena_new(0);
	snprintf(folder->data, sizeof folder->data, "%s/data.csv", folder->path);
	snprintf(folder->descriptor, sizeof folder->descriptor, "%s/datapackage.json", folder->path);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;

	unlink(folder->data);
	unlink(folder->descriptor);
	rmdir(folder->path);
	kg_arena_free(folder->arena);
	free(folder);
	return 0;
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void describe(struct folder *folder, const char *fields)
{
	FILE *file = fopen(folder->descriptor, "wb");

	assert_non_null(file);
	fprintf(file,
		"{\"resources\": [{\"name\": \"counts\", \"path\": \"data.csv\", \"schema\": {\"fields\": [%s]}}]}",
		fields);
	assert_int_equal(fclose(file), 0);
}

static enum kg_status read_data(struct folder *folder, const struct kg_read *read, size_t chunk,
				const struct kg_table **table)
{
	struct kg_source source;

	memset(&folder->error, 0, sizeof folder->error);
	if (kg_source_open(folder->data, folder->arena, &source, &folder->error) != KG_OK)
		return folder->error.status;
	return kg_source_read_table(&source, read, chunk, folder->arena, table, &folder->error);
}

static const struct kg_table *read_text(struct folder *folder, const char *text)
{
	const struct kg_read read = { .threads = 1 };
	const struct kg_table *table = NULL;

	write_text(folder->data, text);
	if (read_data(folder, &read, 0, &table) != KG_OK)
		fail_msg("%s", folder->error.what);
	return table;
}

static void assert_refused(struct folder *folder, const char *text, size_t line, const char *column, const char *what)
{
	const struct kg_read read = { .threads = 1 };
	const struct kg_table *table;

	write_text(folder->data, text);
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_int_equal(folder->error.row, line);
	assert_string_equal(folder->error.column, column);
	if (!strstr(folder->error.what, what))
		fail_msg("'%s' is not in '%s'", what, folder->error.what);
}

static void guessed_types(void **state)
{
	const struct kg_table *table = read_text(*state, "i,r,code,name,none,late\n"
							 "1,1.5,05248,Mai,,7\n"
							 "-2,2,12,,NA,NA\n"
							 "NA,,13,NA,,x\n");
	const struct kg_column *column = table->column;

	assert_int_equal(table->nrow, 3);
	assert_int_equal(column[0].type, KG_INTEGER);
	assert_true(kg_column_missing(&column[0], 2));
	assert_int_equal(column[1].type, KG_REAL);
	assert_true(kg_column_missing(&column[1], 2));
	assert_int_equal(column[2].type, KG_TEXT);
	assert_int_equal(column[2].odd_row, 2);
	assert_string_equal(column[2].odd_text, "05248");
	assert_string_equal(kg_column_text(&column[3], 2), "NA");
	assert_true(kg_column_missing(&column[3], 1));
	assert_int_equal(column[4].type, KG_REAL);
	assert_true(kg_column_missing(&column[4], 0) && kg_column_missing(&column[4], 1));
	assert_int_equal(column[5].type, KG_TEXT);
	assert_int_equal(column[5].odd_row, 4);
	assert_string_equal(kg_column_text(&column[5], 0), "7");
	assert_string_equal(kg_column_text(&column[5], 1), "NA");
	assert_int_equal(kg_table_line(table, 2), 4);
}

static void bounds(void **state)
{
	const struct kg_table *table = read_text(*state, "n,x\n>30000,1.5\n<5,< 0.5\n12,2\n");

	assert_int_equal(table->column[0].type, KG_INTEGER);
	assert_true(table->column[0].real[0] == 30000 && isinf(table->column[0].high[0]));
	assert_true(table->column[0].low[1] == 0 && table->column[0].high[1] == 4);
	assert_true(table->column[0].low[2] == 12 && table->column[0].high[2] == 12);
	assert_true(table->column[1].low[1] == 0 && table->column[1].high[1] == 0.5);
	table = read_text(*state, "n\n1\n2\n");
	assert_null(table->column[0].low);
	assert_null(table->column[0].high);
}

static void too_large(void **state)
{
	const struct kg_table *table = read_text(*state, "id,n\n123456789012345678,1\nA1,2\n");

	assert_int_equal(table->column[0].type, KG_TEXT);
	assert_string_equal(kg_column_text(&table->column[0], 0), "123456789012345678");
	assert_refused(*state, "a,id\n1,5\n2,123456789012345678\n", 3, "id", "'123456789012345678' is too large");
}

static void columns_in_need(void **state)
{
	static const char *const want[] = { "c", "a" }, *const wrong[] = { "cc" };
	struct kg_read read = { .column = want, .ncolumn = 2, .threads = 1 };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "a,b,c\n1,99999999999999999999,x\n2,,y\n");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_OK);
	assert_int_equal(table->ncol, 2);
	assert_string_equal(table->column[0].name, "a");
	assert_string_equal(table->column[1].name, "c");
	read = (struct kg_read){ .column = wrong, .ncolumn = 1 };
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EUSAGE);
	assert_non_null(strstr(folder->error.what, "did you mean 'c'?"));
}

static void dialects(void **state)
{
	const struct kg_missing_token token[] = { { "-", NULL, NULL } };
	const struct kg_missing missing = { token, 1, 0, false };
	const struct kg_dialect dialect = { .delimiter = ';', .decimal = ',', .group = '.', .missing = &missing };
	const struct kg_dialect clash = { .delimiter = ';', .group = '.' };
	static const char *const want[] = { "a" };
	struct kg_read read = { .dialect = &dialect, .threads = 1 };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "a;b\n1.234,5;-\n-;x\n");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_OK);
	assert_true(table->column[0].real[0] == 1234.5);
	assert_true(kg_column_missing(&table->column[0], 1));
	assert_true(kg_column_missing(&table->column[1], 0));
	read.dialect = &clash;
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EUSAGE);
	read = (struct kg_read){ .column = want, .ncolumn = 1 };
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EUSAGE);
	assert_non_null(strstr(folder->error.what, "try --delimiter ';'"));
}

static void schema_types(void **state)
{
	struct folder *folder = *state;
	const struct kg_table *table;

	describe(folder, "{\"name\": \"code\", \"type\": \"string\"},"
			 "{\"name\": \"n\", \"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \".\","
			 " \"unit\": \"people\"},"
			 "{\"name\": \"day\", \"type\": \"date\", \"format\": \"%d/%m/%Y\"},"
			 "{\"name\": \"open\", \"type\": \"boolean\"},"
			 "{\"name\": \"year\", \"type\": \"year\"}");
	table = read_text(folder,
			  "code,n,day,open,year\n05248,1.234,17/05/2020,true,2020\n12,\"0,5\",01/01/1970,FALSE,1999\n");
	assert_string_equal(table->name, "data");
	assert_int_equal(table->column[0].type, KG_TEXT);
	assert_string_equal(kg_column_text(&table->column[0], 1), "12");
	assert_true(table->column[1].real[0] == 1234 && table->column[1].real[1] == 0.5);
	assert_string_equal(table->column[1].unit, "people");
	assert_int_equal(table->column[2].type, KG_DATE);
	assert_true(table->column[2].real[1] == 0);
	assert_int_equal(table->column[3].type, KG_BOOLEAN);
	assert_int_equal(table->column[4].type, KG_INTEGER);
	assert_refused(folder, "code,n,day,open,year\n1,1.23,17/05/2020,true,2020\n", 2, "n",
		       "'1.23' is not a number; correct the cell");
	assert_refused(folder, "code,n,day,open,year\n1,1,17/05/2020,true,2020\n1,2,2020-05-17,true,2020\n", 3, "day",
		       "'2020-05-17' is not a date");
	assert_refused(folder, "code,n,day,open,year\n1,1,17/05/2020,yes,x\n", 2, "open", "'yes' is not true or false");
}

static void schema_qualifier(void **state)
{
	struct folder *folder = *state;
	const struct kg_table *table;

	describe(folder, "{\"name\": \"n\", \"type\": \"integer\", \"qualifier\": \"how\"}, {\"name\": \"how\"}");
	table = read_text(folder, "n,how\n5,\n6,more_than\n7,nearly\n8,less_than\n,exact\n");
	assert_true(table->column[0].low[0] == 5 && table->column[0].high[0] == 5);
	assert_true(table->column[0].low[1] == 6 && isinf(table->column[0].high[1]));
	assert_true(table->column[0].low[2] == 0 && table->column[0].high[2] == 7);
	assert_true(table->column[0].high[3] == 7);
	assert_true(kg_column_missing(&table->column[0], 4));
	assert_refused(folder, "n,how\n5,exact\n6,perhaps\n", 3, "how", "'perhaps' is not a qualifier");
}

static void headers(void **state)
{
	struct folder *folder = *state;

	assert_refused(folder, "", 0, "", "the file is empty");
	assert_refused(folder, "\n1,2\n", 1, "", "the header is blank");
	assert_refused(folder, "a,,c\n1,2,3\n", 1, "", "column 2 has no name; the first line");
	assert_refused(folder, "a,b,a\n1,2,3\n", 1, "a", "columns 1 and 3 have the same name");
	assert_refused(folder, "a,b\n", 0, "", "no rows below the header");
	assert_refused(folder, "a,b\n\n\n", 0, "", "no rows below the header");
	assert_refused(folder, "a,b\r1,2\r", 1, "", "carriage return");
	assert_refused(folder, "a,\"b\n1,2\n", 1, "", "never closed");
	assert_refused(folder, "a,\xC3\n1,2\n", 1, "", "not UTF-8");
	assert_refused(folder, "PK\3\4zip\n", 1, "", "export the table as CSV");
	assert_string_equal(read_text(folder, "\xEF\xBB\xBF"
					      "a,b\r\n1,2\r\n")
				->column[0]
				.name,
			    "a");
	assert_int_equal(kg_table_line(read_text(folder, "\"a\nb\",c\n1,2\n"), 0), 3);
}

static void missing_files(void **state)
{
	struct folder *folder = *state;
	struct kg_source source;
	char path[128];

	write_text(folder->data, "a\n1\n");
	snprintf(path, sizeof path, "%s/dtaa.csv", folder->path);
	assert_int_equal(kg_source_open(path, folder->arena, &source, &folder->error), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "did you mean"));
	snprintf(path, sizeof path, "%s/no/such.csv", folder->path);
	assert_int_equal(kg_source_open(path, folder->arena, &source, &folder->error), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "there is no folder"));
	assert_int_equal(kg_source_open(folder->path, folder->arena, &source, &folder->error), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "is a folder"));
}

static void resources(void **state)
{
	struct folder *folder = *state;
	struct kg_source source;
	char spec[128];

	describe(folder, "{\"name\": \"a\", \"type\": \"string\"}");
	write_text(folder->data, "a\n1\n");
	snprintf(spec, sizeof spec, "%s#counts", folder->path);
	assert_int_equal(kg_source_open(spec, folder->arena, &source, &folder->error), KG_OK);
	assert_string_equal(source.name, "counts");
	assert_string_equal(source.path, folder->data);
	snprintf(spec, sizeof spec, "%s#count", folder->path);
	assert_int_equal(kg_source_open(spec, folder->arena, &source, &folder->error), KG_EUSAGE);
}

static void gzip_data(void **state)
{
	static const char text[] = "a,b\n1,x\n2,\"y\nz\"\n";
	struct folder *folder = *state;
	const struct kg_read read = { .threads = 1 };
	const struct kg_table *table;
	gzFile file = gzopen(folder->data, "wb");

	gzputs(file, text);
	gzclose(file);
	assert_int_equal(read_data(folder, &read, 3, &table), KG_OK);
	assert_int_equal(table->nrow, 2);
	assert_string_equal(kg_column_text(&table->column[1], 1), "y\nz");
	assert_int_equal(truncate(folder->data, 25), 0);
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "damaged or cut short"));
}

static void pipes(void **state)
{
	struct folder *folder = *state;
	const struct kg_read read = { .threads = 1 };
	const struct kg_table *table;
	const char *const *name;
	struct kg_source source;
	char path[32];
	size_t count;
	int end[2];

	assert_int_equal(pipe(end), 0);
	assert_int_equal(write(end[1], "a,b\n1,05\n2,x\n", 13), 13);
	close(end[1]);
	snprintf(path, sizeof path, "/dev/fd/%d", end[0]);
	assert_int_equal(kg_source_open(path, folder->arena, &source, &folder->error), KG_OK);
	assert_int_equal(kg_source_header(&source, NULL, folder->arena, &name, &count, &folder->error), KG_OK);
	assert_int_equal(count, 2);
	assert_int_equal(kg_source_read(&source, &read, folder->arena, &table, &folder->error), KG_OK);
	assert_int_equal(table->nrow, 2);
	assert_string_equal(kg_column_text(&table->column[1], 0), "05");
	assert_int_equal(kg_source_read(&source, &read, folder->arena, &table, &folder->error), KG_EUSAGE);
	close(end[0]);
}

static void assert_same_kinds(const struct kg_column *a, const struct kg_column *b, size_t nrow)
{
	size_t one[KG_MISSING_KINDS], other[KG_MISSING_KINDS];

	assert_int_equal(a->absent != NULL, b->absent != NULL);
	if (kg_missing_count(a, nrow, one) && kg_missing_count(b, nrow, other))
		assert_memory_equal(one, other, sizeof one);
	if (a->absent && a->absent->kind)
		assert_memory_equal(a->absent->kind, b->absent->kind, nrow);
}

static void assert_same_column(const struct kg_column *a, const struct kg_column *b, size_t nrow)
{
	assert_string_equal(a->name, b->name);
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->nlevel, b->nlevel);
	assert_int_equal(a->odd_row, b->odd_row);
	assert_int_equal(a->low != NULL, b->low != NULL);
	for (size_t i = 0; i < a->nlevel; i++)
		assert_string_equal(a->level[i], b->level[i]);
	for (size_t i = 0; i < nrow; i++) {
		assert_int_equal(kg_column_missing(a, i), kg_column_missing(b, i));
		if (kg_column_missing(a, i))
			continue;
		if (a->type == KG_TEXT)
			assert_int_equal(a->code[i], b->code[i]);
		else
			assert_memory_equal(&a->real[i], &b->real[i], sizeof a->real[i]);
		if (a->low) {
			assert_memory_equal(&a->low[i], &b->low[i], sizeof a->low[i]);
			assert_memory_equal(&a->high[i], &b->high[i], sizeof a->high[i]);
		}
	}
}

static void assert_same_table(const struct kg_table *a, const struct kg_table *b)
{
	assert_int_equal(a->nrow, b->nrow);
	assert_int_equal(a->ncol, b->ncol);
	for (size_t i = 0; i < a->nrow; i++)
		assert_int_equal(kg_table_line(a, i), kg_table_line(b, i));
	for (size_t i = 0; i < a->ncol; i++) {
		assert_same_column(&a->column[i], &b->column[i], a->nrow);
		assert_same_kinds(&a->column[i], &b->column[i], a->nrow);
	}
}

static const struct {
	size_t chunk, threads;
} paces[] = { { 0, 1 }, { 1, 1 }, { 5, 1 }, { 64, 1 }, { 700, 2 }, { 700, 3 }, { 64, 7 }, { 0, 7 } };
#define NPACE (sizeof paces / sizeof paces[0])

/* Rows in which each kind of cell turns up late or early by chance. `whole`: values are integers. */
static void write_random(struct folder *folder, uint32_t round, bool whole)
{
	struct kg_random random = kg_random_stream(11, round, 0);
	FILE *file = fopen(folder->data, "wb");
	uint32_t rows = 1 + kg_random_below(&random, 150), odd = 20 + kg_random_below(&random, 400);

	assert_non_null(file);
	fputs("place,year,n,x\n", file);
	for (uint32_t i = 0; i < rows; i++) {
		static const char *const places[] = { "Mai Châu", "\"Cao\nPhong\"", "12", "7", "7.0", "", "NA" };

		fprintf(file, "%s,",
			kg_random_below(&random, odd) ? places[2 + kg_random_below(&random, 5)]
						      : places[kg_random_below(&random, 2)]);
		fprintf(file, "%u,", 2010 + kg_random_below(&random, 5));
		fprintf(file, kg_random_below(&random, odd) ? "%u," : "<%u,", 1 + kg_random_below(&random, 50));
		if (!kg_random_below(&random, 9))
			fputs(kg_random_below(&random, 3) ? "NA\n" : "\n", file);
		else
			fprintf(file, whole ? "%.0f\n" : "%.9g\n", 1000 * kg_random_uniform(&random));
	}
	assert_int_equal(fclose(file), 0);
}

static void same_for_any_pace(void **state)
{
	struct folder *folder = *state;

	for (uint32_t round = 0; round < 40; round++) {
		const struct kg_table *first = NULL, *table;

		write_random(folder, round, false);
		for (size_t i = 0; i < (round % 8 ? 4 : NPACE); i++) {
			const struct kg_read read = { .threads = paces[i].threads };

			assert_int_equal(read_data(folder, &read, paces[i].chunk, &table), KG_OK);
			if (first)
				assert_same_table(first, table);
			else
				first = table;
		}
	}
}

static const char *const keys[] = { "place", "year" }, *const values[] = { "n", "x" };

static const struct kg_table *fold_data(struct folder *folder, const struct kg_fold *fold, size_t pace)
{
	const struct kg_read read = { .fold = fold, .threads = paces[pace].threads };
	const struct kg_table *table = NULL;

	if (read_data(folder, &read, paces[pace].chunk, &table) != KG_OK)
		fail_msg("%s", folder->error.what);
	return table;
}

/* Folding while reading gives what folding the table gives; not only nearly, for the numbers are integers. */
static void folded_as_the_table_is(void **state)
{
	struct folder *folder = *state;
	const struct kg_read plain = { .threads = 1 };

	for (uint32_t round = 0; round < 60; round++) {
		const struct kg_fold fold = { KG_FOLD_SUM + round % 4, keys, values, 2, 2 };
		const struct kg_table *table, *slow, *fast;

		write_random(folder, round, true);
		assert_int_equal(read_data(folder, &plain, 0, &table), KG_OK);
		assert_int_equal(kg_fold_table(table, &fold, folder->arena, &slow, &folder->error), KG_OK);
		for (size_t i = 0; i < (round % 10 ? 4 : NPACE); i++) {
			fast = fold_data(folder, &fold, i);
			assert_same_table(slow, fast);
			assert_int_equal(slow->from->folded_rows, fast->from->folded_rows);
			assert_int_equal(slow->from->folded_missing, fast->from->folded_missing);
		}
	}
}

/* Sums of fractions are the same bytes for any pace. */
static void folded_the_same_for_any_pace(void **state)
{
	struct folder *folder = *state;

	for (uint32_t round = 0; round < 24; round++) {
		const struct kg_fold fold = { KG_FOLD_SUM + round % 2, keys, values, 2, 2 };
		const struct kg_table *first;

		write_random(folder, round, false);
		first = fold_data(folder, &fold, 0);
		for (size_t i = 1; i < (round % 8 ? 4 : NPACE); i++)
			assert_same_table(first, fold_data(folder, &fold, i));
	}
}

static void assert_kinds(const struct kg_column *column, size_t nrow, const size_t *want, size_t kinds)
{
	size_t count[KG_MISSING_KINDS];

	assert_true(kg_missing_count(column, nrow, count));
	for (size_t k = 0; k < KG_MISSING_KINDS; k++)
		assert_int_equal(count[k], k < kinds ? want[k] : 0);
}

/* Kinds of cells without a value in numbers, in texts, and in a column that turns out to be text late. */
static void kinds_of_missing_cells(void **state)
{
	static const size_t number[] = { 0, 1, 2, 1, 1 }, text[] = { 0, 0, 2, 0, 1 }, late[] = { 0, 1, 1, 1, 0 };
	struct folder *folder = *state;
	const struct kg_missing *missing;
	struct kg_dialect dialect = { 0 };

	assert_int_equal(kg_missing_parse("..=not reported, * = suppressed,NA", folder->arena, &missing, &folder->error),
			 KG_OK);
	dialect.missing = missing;
	assert_int_equal(missing->count, 3);
	assert_string_equal(missing->token[1].text, "*");
	assert_string_equal(missing->token[1].label, "suppressed");
	assert_null(missing->token[2].label);
	write_text(folder->data, "n,name,late,full\n1,a,1,1\n..,..,..,2\n*,b,2,3\n,c,,4\n..,..,*,5\nNA,NA,x,6\n");
	for (size_t i = 0; i < NPACE; i++) {
		const struct kg_read read = { .dialect = &dialect, .threads = paces[i].threads };
		const struct kg_table *table;

		assert_int_equal(read_data(folder, &read, paces[i].chunk, &table), KG_OK);
		assert_kinds(&table->column[0], table->nrow, number, 5);
		assert_kinds(&table->column[1], table->nrow, text, 5);
		assert_kinds(&table->column[2], table->nrow, late, 5);
		assert_int_equal(table->column[2].type, KG_TEXT);
		assert_null(table->column[3].absent);
	}
}

/* Rows with too few or too many cells are set aside where raw cells are wanted, and refused elsewhere. */
static void ragged_rows_are_set_aside(void **state)
{
	static const struct kg_ragged want[] = { { 3, 1 }, { 4, 3 }, { 7, 1 }, { 8, 4 } };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "a,b\n1,2\n3\n4,5,6\n\"7\n7\",8\n9\n1,2,3,4\n10,11\n\n");
	for (size_t i = 0; i < NPACE; i++) {
		struct kg_read read = { .as_text = true, .lenient = true, .threads = paces[i].threads };

		assert_int_equal(read_data(folder, &read, paces[i].chunk, &table), KG_OK);
		assert_int_equal(table->nrow, 3);
		assert_int_equal(kg_table_line(table, 1), 5);
		assert_string_equal(kg_column_text(&table->column[1], 2), "11");
		assert_int_equal(table->from->nragged, 4);
		assert_memory_equal(table->from->ragged, want, sizeof want);
		read.lenient = false;
		assert_int_equal(read_data(folder, &read, paces[i].chunk, &table), KG_EDATA);
		assert_int_equal(folder->error.row, 3);
	}
}

/* An empty cell has a kind of its own only where it has a label. */
static void empty_cells_may_have_a_label(void **state)
{
	static const size_t want[] = { 0, 0, 1, 1 };
	struct folder *folder = *state;
	struct kg_dialect dialect = { 0 };
	const struct kg_read read = { .dialect = &dialect, .threads = 1 };
	const struct kg_table *table;

	assert_int_equal(kg_missing_parse("=not applicable,NA", folder->arena, &dialect.missing, &folder->error), KG_OK);
	write_text(folder->data, "a,n\n1,1\n2,\n3,NA\n");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_OK);
	assert_kinds(&table->column[1], table->nrow, want, 4);
}

static void missing_lists_that_contradict_themselves(void **state)
{
	struct folder *folder = *state;
	const struct kg_missing *missing;
	char list[256] = "a0";

	assert_int_equal(kg_missing_parse("*=a,*,*=b", folder->arena, &missing, &folder->error), KG_EUSAGE);
	assert_string_equal(folder->error.what, "'--missing' gives '*' two meanings, 'a' and 'b'; keep one");
	for (size_t i = 1; i <= KG_MISSING_MOST; i++)
		strcat(list, ",a");
	assert_int_equal(kg_missing_parse(list, folder->arena, &missing, &folder->error), KG_EUSAGE);
	assert_int_equal(kg_missing_parse("=,a=", folder->arena, &missing, &folder->error), KG_OK);
	assert_string_equal(missing->token[0].text, "=");
	assert_string_equal(missing->token[1].text, "a=");
}

static void fold_by_hand(void **state)
{
	static const char *const key[] = { "g" }, *const value[] = { "v", "g", "v", "w" };
	struct kg_fold fold = { KG_FOLD_SUM, key, value, 1, 4 };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "g,v,w\n1,1,0.1\n2,NA,0.2\n1.0,>5,0.2\nNA,<3,\n,2,NA\n");
	table = fold_data(folder, &fold, 0);
	assert_int_equal(table->nrow, 3);
	assert_int_equal(table->ncol, 3);
	assert_true(table->column[0].real[0] == 1 && table->column[0].real[1] == 2);
	assert_true(kg_column_missing(&table->column[0], 2));
	assert_true(table->column[1].real[0] == 6 && table->column[1].low[0] == 6 && isinf(table->column[1].high[0]));
	assert_true(kg_column_missing(&table->column[1], 1));
	assert_true(table->column[1].real[2] == 4 && table->column[1].low[2] == 2 && table->column[1].high[2] == 4);
	assert_null(table->column[2].low);
	assert_true(kg_column_missing(&table->column[2], 2));
	assert_int_equal(table->from->folded_rows, 5);
	assert_int_equal(table->from->folded_missing, 3);
	assert_kinds(&table->column[1], table->nrow, (const size_t[]){ 0, 0, 1 }, 3);
	assert_kinds(&table->column[2], table->nrow, (const size_t[]){ 0, 1, 1 }, 3);
	assert_int_equal(kg_table_line(table, 2), 5);
	fold.how = KG_FOLD_MEAN;
	table = fold_data(folder, &fold, 0);
	assert_true(table->column[1].real[0] == 3 && table->column[1].low[0] == 3 && isinf(table->column[1].high[0]));
	assert_int_equal(table->column[1].type, KG_REAL);
}

/* What rounding takes away is kept: plain sums are 0 and 0.9999999999999999. */
static void fold_keeps_what_rounding_takes(void **state)
{
	static const char *const key[] = { "g" }, *const value[] = { "v" };
	const struct kg_fold fold = { KG_FOLD_SUM, key, value, 1, 1 };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "g,v\na,1e16\na,1.0\na,-1e16\n"
				 "b,.1\nb,.1\nb,.1\nb,.1\nb,.1\nb,.1\nb,.1\nb,.1\nb,.1\nb,.1\n");
	table = fold_data(folder, &fold, 0);
	assert_true(table->column[1].real[0] == 1);
	assert_true(table->column[1].real[1] == 1);
}

static void fold_refusals(void **state)
{
	static const char *const key[] = { "g" }, *const value[] = { "v" };
	const struct kg_fold fold = { KG_FOLD_SUM, key, value, 1, 1 };
	struct kg_read read = { .fold = &fold, .threads = 1 };
	struct folder *folder = *state;
	const struct kg_table *table;

	write_text(folder->data, "g,v\na,1\na,x\n");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_int_equal(folder->error.row, 3);
	assert_string_equal(folder->error.column, "v");
	assert_non_null(strstr(folder->error.what, "'x' is not a number"));
	write_text(folder->data, "g,v\na,1\na,99999999999999999999\n");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "too large"));
	write_text(folder->data, "g,v\n2020-01-01,1\n2020-13-01,1\n");
	describe(folder, "{\"name\": \"g\", \"type\": \"date\"}, {\"name\": \"v\", \"type\": \"number\"}");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_int_equal(folder->error.row, 3);
	assert_string_equal(folder->error.column, "g");
	write_text(folder->data, "g,v\n2020-01-01,1\n2020-12-01,1\n");
	describe(folder, "{\"name\": \"g\", \"type\": \"date\"}, {\"name\": \"v\", \"type\": \"string\"}");
	assert_int_equal(read_data(folder, &read, 0, &table), KG_EDATA);
	assert_non_null(strstr(folder->error.what, "cannot be folded"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(guessed_types, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_large, set_up, tear_down),
		cmocka_unit_test_setup_teardown(columns_in_need, set_up, tear_down),
		cmocka_unit_test_setup_teardown(dialects, set_up, tear_down),
		cmocka_unit_test_setup_teardown(schema_types, set_up, tear_down),
		cmocka_unit_test_setup_teardown(schema_qualifier, set_up, tear_down),
		cmocka_unit_test_setup_teardown(headers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(missing_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(kinds_of_missing_cells, set_up, tear_down),
		cmocka_unit_test_setup_teardown(empty_cells_may_have_a_label, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ragged_rows_are_set_aside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(missing_lists_that_contradict_themselves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(resources, set_up, tear_down),
		cmocka_unit_test_setup_teardown(gzip_data, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pipes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(same_for_any_pace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folded_as_the_table_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(folded_the_same_for_any_pace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fold_by_hand, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fold_keeps_what_rounding_takes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fold_refusals, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
