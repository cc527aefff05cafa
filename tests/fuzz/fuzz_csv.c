/* Any bytes as a file: the same table or the same refusal however the file is cut into chunks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "table/source_read.h"

struct outcome {
	enum kg_status status;
	struct kg_error error;
	const struct kg_table *table;
};

/* A file in memory, under a name that can be opened. */
static int make_file(const uint8_t *data, size_t size, char path[static 32])
{
	int descriptor = memfd_create("fuzz", 0);

	if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size)
		exit(EXIT_FAILURE);
	snprintf(path, 32, "/proc/self/fd/%d", descriptor);
	return descriptor;
}

static struct outcome read_table(const char *path, uint8_t choice, size_t chunk, struct kg_arena *arena)
{
	static const char delimiter[] = { 0, ';', '\t', '|' }, decimal[] = { 0, ',' };
	const struct kg_dialect dialect = { .delimiter = delimiter[choice & 3], .decimal = decimal[choice >> 2 & 1] };
	const struct kg_read read = { .dialect = &dialect, .as_text = choice >> 3 & 1, .threads = 1 };
	struct outcome outcome = { .status = KG_OK };
	struct kg_source source;

	outcome.status = kg_source_open(path, arena, &source, &outcome.error);
	if (outcome.status == KG_OK)
		outcome.status = kg_source_read_table(&source, &read, chunk, arena, &outcome.table, &outcome.error);
	if (outcome.status != KG_OK && !outcome.error.what[0])
		abort();
	return outcome;
}

static void compare_cells(const struct kg_column *one, const struct kg_column *other, size_t nrow,
			  struct kg_arena *arena)
{
	if (one->type != other->type || strcmp(one->name, other->name) != 0)
		abort();
	for (size_t i = 0; i < nrow; i++)
		if (strcmp(kg_column_cell(one, i, arena), kg_column_cell(other, i, arena)) != 0)
			abort();
}

static void compare(const struct outcome *one, const struct outcome *other, struct kg_arena *arena)
{
	char message[2][sizeof(struct kg_error)];

	if (one->status != other->status)
		abort();
	if (one->status != KG_OK) {
		kg_error_text(&one->error, message[0], sizeof message[0]);
		kg_error_text(&other->error, message[1], sizeof message[1]);
		if (strcmp(message[0], message[1]) != 0)
			abort();
		return;
	}
	if (one->table->nrow != other->table->nrow || one->table->ncol != other->table->ncol)
		abort();
	for (size_t i = 0; i < one->table->nrow; i++)
		if (kg_table_line(one->table, i) != kg_table_line(other->table, i))
			abort();
	for (size_t j = 0; j < one->table->ncol; j++)
		compare_cells(&one->table->column[j], &other->table->column[j], one->table->nrow, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunk[] = { 1, 7, 64 };
	struct kg_arena *arena = kg_arena_new(0);
	struct outcome whole;
	char path[32];
	int descriptor;

	if (size) {
		descriptor = make_file(data + 1, size - 1, path);
		whole = read_table(path, data[0], 0, arena);
		for (size_t i = 0; i < sizeof chunk / sizeof chunk[0]; i++) {
			struct outcome cut = read_table(path, data[0], chunk[i], arena);

			compare(&whole, &cut, arena);
		}
		close(descriptor);
	}
	kg_arena_free(arena);
	return 0;
}
