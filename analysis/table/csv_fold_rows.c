#include "table/csv_fold_rows.h"

#include <stdlib.h>
#include <string.h>

#define WORD sizeof(uint64_t)

enum kg_status kg_fold_rows_start(struct kg_fold_rows *rows, size_t nvalue, size_t nparts, struct kg_error *error)
{
	rows->nvalue = nvalue;
	rows->value = calloc(nvalue + 1, sizeof *rows->value);
	rows->absent = calloc(nvalue + 1, sizeof *rows->absent);
	rows->start = calloc(nparts + 1, sizeof *rows->start);
	return rows->value && rows->absent && rows->start ? KG_OK : kg_error_memory(error);
}

void kg_fold_rows_free(struct kg_fold_rows *rows)
{
	for (size_t i = 0; rows->value && i < rows->nvalue; i++)
		kg_block_free(&rows->value[i]);
	free(rows->value);
	free(rows->absent);
	free(rows->start);
	free(rows->row);
	free(rows->unsorted);
	free(rows->key);
	*rows = (struct kg_fold_rows){ 0 };
}

static bool make_room(struct kg_fold_rows *rows, const struct kg_chunk *chunk, size_t nkey)
{
	/* The NUL after a key cell takes the place of its delimiter; each key is filled up to a word. */
	size_t words = chunk->length / WORD + chunk->nrow + nkey + 1;

	if (words > rows->key_room) {
		free(rows->key);
		rows->key = malloc(words * WORD);
		rows->key_room = rows->key ? words : 0;
	}
	if (chunk->nrow > rows->room) {
		free(rows->row);
		free(rows->unsorted);
		rows->room = chunk->nrow + chunk->nrow / 2;
		rows->row = malloc(rows->room * sizeof *rows->row);
		rows->unsorted = malloc(rows->room * sizeof *rows->unsorted);
	}
	return rows->key && (!rows->room || (rows->row && rows->unsorted));
}

uint64_t kg_fold_hash(const uint64_t *word, size_t count)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ word[i]) * UINT64_C(0xD6E8FEB86659FD93);
		hash ^= hash >> 32;
	}
	return hash * UINT64_C(0xD6E8FEB86659FD93);
}

static void make_keys(struct kg_fold_rows *rows, const struct kg_chunk *chunk, const struct kg_csv_plan *plan)
{
	uint32_t at = 0;

	for (size_t i = 0; i < chunk->nrow; i++) {
		char *start = (char *)(rows->key + at), *end = start;
		struct kg_fold_row *row = &rows->unsorted[i];

		for (size_t k = 0; k < plan->nkey; k++) {
			const struct kg_span *span = &chunk->span[plan->key[k] * chunk->room + i];

			memcpy(end, chunk->bytes + span->at, span->length);
			end += span->length;
			*end++ = '\0';
		}
		while ((size_t)(end - start) % WORD)
			*end++ = '\0';
		row->key = at;
		row->words = (uint32_t)((size_t)(end - start) / WORD);
		row->row = (uint32_t)i;
		row->hash = kg_fold_hash(rows->key + at, row->words);
		at += row->words;
	}
}

static size_t part_of(const struct kg_fold_row *row, size_t nparts)
{
	return (size_t)((row->hash >> 32) * nparts >> 32);
}

/* A counting sort, which keeps the order within a part. */
static void sort_by_part(struct kg_fold_rows *rows, size_t nrow, size_t nparts)
{
	memset(rows->start, 0, (nparts + 1) * sizeof *rows->start);
	for (size_t i = 0; i < nrow; i++)
		rows->start[part_of(&rows->unsorted[i], nparts)]++;
	for (size_t p = 0, sum = 0; p <= nparts; p++) {
		size_t count = rows->start[p];

		rows->start[p] = sum;
		sum += count;
	}
	for (size_t i = 0; i < nrow; i++)
		rows->row[rows->start[part_of(&rows->unsorted[i], nparts)]++] = rows->unsorted[i];
	memmove(rows->start + 1, rows->start, nparts * sizeof *rows->start);
	rows->start[0] = 0;
}

/* A value must be a number: what would make a guessed column text is refused here. */
static void check_value(const struct kg_block *block, struct kg_chunk *chunk, size_t place,
			const struct kg_csv_plan *plan)
{
	size_t row = block->odd < block->large ? block->odd : block->large;
	struct kg_misfit misfit = { .column = plan->name[place], .type = plan->rule[place].type };
	const struct kg_span *span;

	if (row == SIZE_MAX || (chunk->error.status != KG_OK && chunk->error.row <= chunk->line[row] + 1))
		return;
	span = &chunk->span[place * chunk->room + row];
	misfit.line = chunk->line[row] + 1;
	misfit.kind = row == block->odd ? KG_CELL_ODD : KG_CELL_LARGE;
	misfit.text = chunk->bytes + span->at;
	misfit.length = span->length;
	kg_block_refuse(&misfit, &chunk->error);
}

static void count_absent(const struct kg_block *block, size_t nrow, size_t count[KG_MISSING_KINDS])
{
	memset(count, 0, KG_MISSING_KINDS * sizeof *count);
	for (size_t i = 0; block->any_missing && i < nrow; i++)
		count[block->missing[i]]++;
}

void kg_fold_rows_read(struct kg_fold_rows *rows, struct kg_chunk *chunk, const struct kg_csv_plan *plan, size_t nparts)
{
	for (size_t v = 0; v < plan->nvalue; v++) {
		size_t place = plan->value[v];

		kg_block_read(&rows->value[v], chunk, place, plan->qualifier[place], &plan->rule[place], plan->name);
		check_value(&rows->value[v], chunk, place, plan);
	}
	if (chunk->error.status != KG_OK)
		return;
	for (size_t v = 0; v < plan->nvalue; v++)
		count_absent(&rows->value[v], chunk->nrow, rows->absent[v]);
	if (!make_room(rows, chunk, plan->nkey)) {
		kg_error_memory(&chunk->error);
		return;
	}
	make_keys(rows, chunk, plan);
	sort_by_part(rows, chunk->nrow, nparts);
}
