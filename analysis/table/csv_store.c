#include "table/csv_store.h"

#include <stdlib.h>
#include <string.h>

/* Rows at first; room grows by half. */
#define ROWS_FIRST 256

enum kg_status kg_store_start(struct kg_store *store, const char *name, const struct kg_cell_rule *rule,
			      struct kg_error *error)
{
	*store = (struct kg_store){ .name = name, .rule = rule, .text = rule->type == KG_TEXT, .whole = true };
	store->levels.arena = kg_arena_new(0);
	return store->levels.arena ? KG_OK : kg_error_memory(error);
}

void kg_store_free(struct kg_store *store)
{
	struct kg_arena *arena = store->levels.arena;

	free(store->real);
	free(store->code);
	free(store->missing);
	free(store->bound);
	free(store->kind);
	free(store->written);
	kg_levels_free(&store->levels);
	kg_arena_free(arena);
	*store = (struct kg_store){ 0 };
}

/* A larger array; the old one, and *fits false, when memory is out. */
static void *resize(void *array, size_t count, size_t size, bool *fits)
{
	void *moved = count > SIZE_MAX / size ? NULL : realloc(array, count * size);

	*fits = *fits && moved;
	return moved ? moved : array;
}

static bool make_room(struct kg_store *store, size_t rows)
{
	size_t room = store->room ? store->room : ROWS_FIRST, old = (store->room + 7) / 8, bytes;
	bool fits = true;

	while (room < rows)
		room += room / 2;
	if (room == store->room)
		return true;
	bytes = (room + 7) / 8;
	store->missing = resize(store->missing, bytes, 1, &fits);
	if (store->text)
		store->code = resize(store->code, room, sizeof *store->code, &fits);
	else
		store->real = resize(store->real, room, sizeof *store->real, &fits);
	if (store->bound)
		store->bound = resize(store->bound, room, 1, &fits);
	if (store->kind)
		store->kind = resize(store->kind, room, 1, &fits);
	if (!fits)
		return false;
	memset(store->missing + old, 0, bytes - old);
	store->room = room;
	return true;
}

/* From now on a byte for each cell says why it has no value; so far they were empty. */
static bool keep_kinds(struct kg_store *store)
{
	if (store->kind)
		return true;
	store->kind = malloc(store->room);
	for (size_t i = 0; store->kind && i < store->nrow; i++)
		store->kind[i] = store->missing[i >> 3] >> (i & 7) & 1;
	return store->kind != NULL;
}

static bool intern(struct kg_store *store, const char *text, size_t length)
{
	struct kg_cell_rule as_text = *store->rule;
	size_t row = store->nrow++;
	uint32_t code = 0;
	uint8_t kind;

	as_text.type = KG_TEXT;
	kind = kg_cell_missing(text, length, &as_text);
	if (kind > KG_MISSING_EMPTY && !keep_kinds(store))
		return false;
	if (store->kind)
		store->kind[row] = kind;
	store->missing[row >> 3] |= (uint8_t)((kind != KG_MISSING_NONE) << (row & 7));
	store->any_missing |= kind != KG_MISSING_NONE;
	if (!kind)
		code = kg_levels_code(&store->levels, text, length);
	store->code[row] = code;
	return code != KG_LEVEL_NONE;
}

/* The numbers so far turn out to be texts. */
static bool turn_to_text(struct kg_store *store)
{
	const unsigned char *at = store->written;
	size_t rows = store->nrow;
	bool fits = true;

	store->text = true;
	free(store->real);
	free(store->bound);
	free(store->kind);
	store->real = NULL;
	store->bound = NULL;
	store->kind = NULL;
	store->any_bound = store->any_missing = false;
	memset(store->missing, 0, (store->room + 7) / 8);
	store->code = resize(store->code, store->room, sizeof *store->code, &fits);
	for (store->nrow = 0; fits && store->nrow < rows; at += 1 + *at)
		fits = intern(store, (const char *)at + 1, *at);
	free(store->written);
	store->written = NULL;
	return fits;
}

static bool note_odd(struct kg_store *store, const struct kg_chunk *chunk, size_t place, size_t row, size_t *line,
		     char **text)
{
	const struct kg_span *span = &chunk->span[place * chunk->room + row];

	if (*line)
		return true;
	*line = chunk->first_line + chunk->line[row];
	*text = kg_arena_text_n(store->levels.arena, chunk->bytes + span->at, span->length);
	return *text != NULL;
}

/* Codes of the chunk become codes of the column: each text is looked up once. */
static bool add_codes(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block)
{
	size_t levels = block->levels.count;
	uint32_t *code = malloc((levels + 1) * sizeof *code);
	bool fits = code != NULL;

	for (size_t i = 0; i < levels && fits; i++) {
		code[i] = kg_levels_code(&store->levels, block->levels.text[i], block->levels.length[i]);
		fits = code[i] != KG_LEVEL_NONE;
	}
	for (size_t i = 0; i < chunk->nrow && fits; i++)
		store->code[store->nrow + i] = block->missing[i] ? 0 : code[block->code[i]];
	free(code);
	return fits;
}

static bool add_texts(struct kg_store *store, const struct kg_chunk *chunk, size_t place)
{
	const struct kg_span *span = chunk->span + place * chunk->room;

	for (size_t i = 0; i < chunk->nrow; i++)
		if (!intern(store, chunk->bytes + span[i].at, span[i].length))
			return false;
	return true;
}

static bool write_down(struct kg_store *store, const struct kg_chunk *chunk, size_t place)
{
	const struct kg_span *span = chunk->span + place * chunk->room;
	size_t need = store->nwritten + chunk->nrow;
	bool fits = true;

	for (size_t i = 0; i < chunk->nrow; i++)
		need += span[i].length;
	if (need > store->written_room) {
		store->written_room = need + need / 2;
		store->written = resize(store->written, store->written_room, 1, &fits);
	}
	for (size_t i = 0; fits && i < chunk->nrow; i++) {
		store->written[store->nwritten++] = (unsigned char)span[i].length;
		memcpy(store->written + store->nwritten, chunk->bytes + span[i].at, span[i].length);
		store->nwritten += span[i].length;
	}
	return fits;
}

static bool add_bounds(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block)
{
	if (!store->bound && !block->any_bound)
		return true;
	if (!store->bound && !(store->bound = calloc(store->room, 1)))
		return false;
	memcpy(store->bound + store->nrow, block->bound, chunk->nrow);
	store->any_bound |= block->any_bound;
	return true;
}

static bool add_numbers(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block,
			size_t place)
{
	store->whole &= block->whole;
	store->any_value |= block->any_value;
	memcpy(store->real + store->nrow, block->real, chunk->nrow * sizeof *store->real);
	return add_bounds(store, chunk, block) && (!store->rule->guessed || write_down(store, chunk, place));
}

static bool add_missing(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block)
{
	if (block->any_kind && !keep_kinds(store))
		return false;
	if (store->kind)
		memcpy(store->kind + store->nrow, block->missing, chunk->nrow);
	for (size_t i = 0, row = store->nrow; block->any_missing && i < chunk->nrow; i++, row++)
		store->missing[row >> 3] |= (uint8_t)((block->missing[i] != KG_MISSING_NONE) << (row & 7));
	store->any_missing |= block->any_missing;
	return true;
}

static bool add_rows(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block, size_t place)
{
	if (block->odd != SIZE_MAX && !note_odd(store, chunk, place, block->odd, &store->odd_line, &store->odd_text))
		return false;
	if (block->large != SIZE_MAX &&
	    !note_odd(store, chunk, place, block->large, &store->large_line, &store->large_text))
		return false;
	if (!make_room(store, store->nrow + chunk->nrow))
		return false;
	if (block->text && !store->text && !turn_to_text(store))
		return false;
	if (store->text && !block->text)
		return add_texts(store, chunk, place);
	if (!add_missing(store, chunk, block))
		return false;
	if (store->text ? !add_codes(store, chunk, block) : !add_numbers(store, chunk, block, place))
		return false;
	store->nrow += chunk->nrow;
	return true;
}

enum kg_status kg_store_add(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block,
			    size_t place, struct kg_error *error)
{
	return add_rows(store, chunk, block, place) ? KG_OK : kg_error_memory(error);
}
