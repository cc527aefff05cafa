/* Any bytes as a CSV file: no crash, and the same outcome for two sizes of chunk, kept and folded. Build and run:
 * `make fuzz`, or clang -fsanitize=fuzzer,address,undefined with the sources of base/ and table/. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "table/source_read.h"

static void stop_unless(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static enum kg_status read_file(const char *path, const struct kg_read *read, size_t chunk, struct kg_arena *arena,
				const struct kg_table **table, struct kg_error *error)
{
	struct kg_source source;
	enum kg_status status;

	memset(error, 0, sizeof *error);
	*table = NULL;
	status = kg_source_open(path, arena, &source, error);
	return status == KG_OK ? kg_source_read_table(&source, read, chunk, arena, table, error) : status;
}

static void compare_cells(const struct kg_column *a, const struct kg_column *b, size_t row)
{
	stop_unless(kg_column_missing(a, row) == kg_column_missing(b, row), "missing differs");
	if (kg_column_missing(a, row))
		return;
	if (a->type == KG_TEXT)
		stop_unless(strcmp(kg_column_text(a, row), kg_column_text(b, row)) == 0, "texts differ");
	else
		stop_unless(memcmp(&a->real[row], &b->real[row], sizeof *a->real) == 0, "numbers differ");
}

static void compare_tables(const struct kg_table *a, const struct kg_table *b)
{
	stop_unless(a->nrow == b->nrow && a->ncol == b->ncol, "sizes differ");
	for (size_t j = 0; j < a->ncol; j++) {
		stop_unless(a->column[j].type == b->column[j].type, "types differ");
		for (size_t i = 0; i < a->nrow; i++)
			compare_cells(&a->column[j], &b->column[j], i);
	}
	for (size_t i = 0; i < a->nrow; i++)
		stop_unless(kg_table_line(a, i) == kg_table_line(b, i), "lines differ");
}

static void try_both(const char *path, const struct kg_read *read, size_t chunk)
{
	struct kg_arena *arena = kg_arena_new(0);
	const struct kg_table *a, *b;
	struct kg_error error[2];
	enum kg_status status = read_file(path, read, 0, arena, &a, &error[0]);

	stop_unless(read_file(path, read, chunk, arena, &b, &error[1]) == status, "outcomes differ");
	stop_unless(status == KG_OK || strcmp(error[0].what, error[1].what) == 0, "messages differ");
	stop_unless(status == KG_OK || error[0].row == error[1].row, "refused lines differ");
	if (status == KG_OK)
		compare_tables(a, b);
	kg_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The first two bytes choose the way of reading, the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const key[] = { "a" }, *const value[] = { "b" };
	struct kg_dialect dialect = { 0 };
	struct kg_fold fold = { KG_FOLD_SUM, key, value, 1, 1 };
	struct kg_read read = { .dialect = &dialect, .threads = 1 };
	char path[32];
	int file;

	if (size < 2)
		return 0;
	dialect.delimiter = bytes[0] & 1 ? ';' : ',';
	dialect.decimal = bytes[0] & 2 ? ',' : '.';
	read.as_text = bytes[0] & 4;
	fold.how = (enum kg_fold_how)(bytes[0] >> 5 & 3) + 1;
	read.fold = bytes[0] & 8 && !read.as_text ? &fold : NULL;
	file = memfd_create("fuzz", 0);
	if (file < 0 || write(file, bytes + 2, size - 2) != (ssize_t)(size - 2))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	try_both(path, &read, 1 + bytes[1] % 40);
	close(file);
	return 0;
}
