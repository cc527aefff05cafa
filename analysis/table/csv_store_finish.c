#include <stdlib.h>
#include <string.h>

#include "table/csv_store.h"

static void release_arena(void *object)
{
	kg_arena_free(object);
}

/* Hands an array to the arena, cut to its length. NULL, and *fits false, when memory is out. */
static void *give(struct kg_arena *arena, void *array, size_t size, bool *fits)
{
	void *cut = array ? realloc(array, size ? size : 1) : NULL;

	array = cut ? cut : array;
	if (array && !kg_arena_defer(arena, free, array)) {
		*fits = false;
		return NULL;
	}
	return array;
}

static enum kg_type choose_type(const struct kg_store *store)
{
	if (store->text)
		return KG_TEXT;
	if (!store->rule->guessed)
		return store->rule->type;
	return store->any_value && store->whole ? KG_INTEGER : KG_REAL;
}

static void finish_text(struct kg_store *store, struct kg_arena *arena, struct kg_column *column, bool *fits)
{
	column->nlevel = store->levels.count;
	column->odd_row = store->odd_line;
	column->odd_text = store->odd_text;
	column->code = give(arena, store->code, store->nrow * sizeof *column->code, fits);
	column->level = give(arena, store->levels.text, column->nlevel * sizeof *column->level, fits);
	store->code = NULL;
	store->levels.text = NULL;
}

/* The figure of a bound is the stated one or, where that is out of range, the nearest in range: 4 for "<5". */
static void finish_bounds(struct kg_store *store, double *real, bool whole, double *low, double *high)
{
	for (size_t i = 0; i < store->nrow; i++) {
		kg_bound_range((enum kg_bound)store->bound[i], real[i], whole, &low[i], &high[i]);
		if (real[i] > high[i])
			real[i] = high[i];
	}
}

static void give_bounds(struct kg_store *store, struct kg_arena *arena, struct kg_column *column, bool *fits)
{
	double *low = malloc((store->nrow + 1) * sizeof *low), *high = malloc((store->nrow + 1) * sizeof *high);

	*fits = *fits && low && high;
	if (*fits)
		finish_bounds(store, store->real, column->type == KG_INTEGER, low, high);
	column->low = give(arena, low, store->nrow * sizeof *low, fits);
	column->high = give(arena, high, store->nrow * sizeof *high, fits);
}

static void finish_numbers(struct kg_store *store, struct kg_arena *arena, struct kg_column *column, bool *fits)
{
	free(store->written);
	store->written = NULL;
	if (store->any_bound && *fits)
		give_bounds(store, arena, column, fits);
	column->real = give(arena, store->real, store->nrow * sizeof *column->real, fits);
	store->real = NULL;
}

static void give_kinds(struct kg_store *store, struct kg_arena *arena, struct kg_column *column, bool *fits)
{
	struct kg_absent *absent = KG_NEW(arena, struct kg_absent);

	*fits = *fits && absent;
	if (!absent)
		return;
	absent->missing = store->rule->missing ? store->rule->missing : &kg_missing_usual;
	absent->kind = give(arena, store->kind, store->nrow, fits);
	store->kind = NULL;
	column->absent = absent;
}

enum kg_status kg_store_finish(struct kg_store *store, struct kg_arena *arena, struct kg_column *column,
			       struct kg_error *error)
{
	struct kg_misfit misfit = { store->large_line, store->name, KG_CELL_LARGE, KG_REAL, store->large_text, 0 };
	bool fits = true;

	if (store->large_line && !store->text) {
		misfit.length = strlen(store->large_text);
		return kg_block_refuse(&misfit, error);
	}
	column->name = store->name;
	column->type = choose_type(store);
	if (store->any_missing) {
		column->missing = give(arena, store->missing, (store->nrow + 7) / 8, &fits);
		store->missing = NULL;
	}
	if (store->kind)
		give_kinds(store, arena, column, &fits);
	if (store->text)
		finish_text(store, arena, column, &fits);
	else
		finish_numbers(store, arena, column, &fits);
	fits = kg_arena_defer(arena, release_arena, store->levels.arena) && fits;
	store->levels.arena = NULL;
	kg_store_free(store);
	return fits ? KG_OK : kg_error_memory(error);
}
