#include "reconcile.h"

#include <stdio.h>

#include "table/builder.h"
#include "table/name_set.h"

/* Two numbers of names as one text. */
#define PAIR_LENGTH 48

/* Keys while columns are joined one after the other: a number per row of each side. */
struct joining {
	struct kg_arena *arena;
	size_t *parent, *child;
	struct kg_name_set *pairs; /* of the column before and this one */
};

/* The number of a pair of numbers in the set. */
static size_t number_pair(struct joining *joining, size_t before, size_t number)
{
	char pair[PAIR_LENGTH];
	size_t found;
	const char *kept;

	snprintf(pair, sizeof pair, "%zx/%zx", before, number);
	found = kg_name_set_find(joining->pairs, pair);
	if (found != KG_NO_NAME)
		return found;
	kept = kg_arena_text(joining->arena, pair);
	return kept ? kg_name_set_add(joining->pairs, kept) : KG_NO_NAME;
}

static enum kg_status join_column(const struct kg_reconcile_run *run, size_t j, struct joining *joining,
				  size_t *respelt, struct kg_error *error)
{
	const struct kg_column *above = run->keys.parent_by[j], *below = run->keys.child_by[j];
	struct kg_name_set *names = kg_name_set_new(joining->arena);
	const size_t *parent = names ? kg_name_set_column(names, above, run->parents->nrow, true, NULL) : NULL;
	size_t known = parent ? kg_name_set_count(names) : 0;
	const size_t *child = parent ? kg_name_set_column(names, below, run->children->nrow, true, NULL) : NULL;

	joining->pairs = kg_name_set_new(joining->arena);
	if (!child || !joining->pairs)
		return kg_error_memory(error);
	for (size_t i = 0; i < run->parents->nrow; i++) {
		if (parent[i] == KG_NO_NAME)
			return kg_error_cell(error, KG_EDATA, run->parents->from->file, kg_table_line(run->parents, i),
					     above->name, "the key is missing; fill it in or take the row out");
		joining->parent[i] = number_pair(joining, joining->parent[i], parent[i]);
	}
	for (size_t i = 0; i < run->children->nrow; i++) {
		if (child[i] < known && below->type == KG_TEXT)
			*respelt += !kg_text_equal(kg_column_text(below, i), kg_name_set_name(names, child[i]));
		joining->child[i] = number_pair(joining, joining->child[i], child[i]);
	}
	return kg_arena_failed(joining->arena) ? kg_error_memory(error) : KG_OK;
}

/* Refuses a second row of one key among the parents. */
static enum kg_status check_parents(const struct kg_reconcile_run *run, const struct joining *joining,
				    const uint32_t *first, struct kg_error *error)
{
	const struct kg_reconcile_keys *keys = &run->keys;
	size_t nby = run->context->by.count;

	for (size_t i = 0; i < run->parents->nrow; i++) {
		const struct kg_column *column = nby ? keys->parent_by[nby - 1] : run->reported[0];

		if (first[joining->parent[i]] == i)
			continue;
		return kg_error_cell(
		    error, KG_EDATA, run->parents->from->file, kg_table_line(run->parents, i), column->name,
		    "'%s' stands twice among the parents (first on line %zu); name what tells the rows "
		    "apart with --by, or keep one",
		    kg_column_cell(column, i, joining->arena), kg_table_line(run->parents, first[joining->parent[i]]));
	}
	return KG_OK;
}

/* Numbers the keys: parents as their rows stand, then children as they appear. */
static enum kg_status number_keys(struct kg_reconcile_run *run, const struct joining *joining, struct kg_error *error)
{
	struct kg_reconcile_keys *keys = &run->keys;
	size_t rows = run->parents->nrow + run->children->nrow, nparent = run->parents->nrow;
	uint32_t *first = KG_ARRAY(joining->arena, uint32_t, rows + 1);
	uint32_t *child = KG_ARRAY(joining->arena, uint32_t, rows + 1);
	size_t *key = KG_ARRAY(joining->arena, size_t, rows + 1);

	if (!first || !child || !key)
		return kg_error_memory(error);
	for (size_t k = 0; k <= rows; k++) {
		first[k] = child[k] = KG_NO_ROW;
		key[k] = SIZE_MAX;
	}
	for (size_t i = nparent; i-- > 0;) {
		first[joining->parent[i]] = (uint32_t)i;
		key[joining->parent[i]] = i;
	}
	KG_TRY(check_parents(run, joining, first, error));
	keys->count = keys->nparent = nparent;
	for (size_t i = 0; i < run->children->nrow; i++) {
		size_t *of = &key[joining->child[i]];

		if (*of == SIZE_MAX)
			*of = keys->count++;
		if (child[*of] == KG_NO_ROW)
			child[*of] = (uint32_t)i;
		joining->child[i] = *of;
	}
	keys->of_child = joining->child;
	keys->child = child;
	return KG_OK;
}

/* A cell of a key: as the parents spell it where they have it. */
static void copy_cell(const struct kg_reconcile_run *run, size_t key, size_t j, struct kg_builder *builder)
{
	const struct kg_reconcile_keys *keys = &run->keys;
	bool above = key < keys->nparent;
	const struct kg_column *from = above ? keys->parent_by[j] : keys->child_by[j];
	size_t row = above ? key : keys->child[key];

	if (keys->parent_by[j]->type == keys->child_by[j]->type)
		kg_builder_copy(builder, j, from, row);
	else if (!kg_column_missing(from, row))
		kg_builder_text(builder, j, kg_column_cell(from, row, run->context->arena));
}

/* One group per key, over a table of the keys. */
static enum kg_status make_groups(struct kg_reconcile_run *run, struct kg_error *error)
{
	struct kg_reconcile_keys *keys = &run->keys;
	const struct kg_table *const both[] = { run->children, run->parents };
	struct kg_arena *arena = run->context->arena;
	struct kg_builder *builder = kg_builder_new("keys", arena);
	size_t nby = run->context->by.count, *start = KG_ARRAY(arena, size_t, keys->count + 1);
	const struct kg_column **by = KG_ARRAY(arena, const struct kg_column *, nby + 1);
	uint32_t *row = KG_ARRAY(arena, uint32_t, keys->count + 1);

	if (!builder || !start || !by || !row)
		return kg_error_memory(error);
	for (size_t j = 0; j < nby; j++) {
		const struct kg_column *below = keys->child_by[j];

		kg_builder_column(builder, below->name, keys->parent_by[j]->type == below->type ? below->type : KG_TEXT,
				  below->unit);
	}
	for (size_t k = 0; k < keys->count; k++) {
		kg_builder_row(builder);
		for (size_t j = 0; j < nby; j++)
			copy_cell(run, k, j, builder);
		row[k] = (uint32_t)k;
		start[k + 1] = k + 1;
	}
	KG_TRY(kg_builder_finish(builder, kg_provenance_join(both, 2, arena), &keys->table, error));
	for (size_t j = 0; j < nby; j++)
		by[j] = &keys->table->column[j];
	keys->groups = (struct kg_groups){ keys->count, nby, by, start, row };
	return KG_OK;
}

static enum kg_status find_columns(struct kg_reconcile_run *run, struct kg_error *error)
{
	const struct kg_names *by = &run->context->by;
	struct kg_arena *arena = run->context->arena;
	const struct kg_column **below = KG_ARRAY(arena, const struct kg_column *, by->count + 1);
	const struct kg_column **above = KG_ARRAY(arena, const struct kg_column *, by->count + 1);
	const char *const *name = by->name;
	size_t count = by->count;

	if (run->options->parent_by)
		count = kg_text_split(run->options->parent_by, ',', arena, &name);
	if (!below || !above || (count && !name))
		return kg_error_memory(error);
	if (count != by->count)
		return kg_error_set(error, KG_EUSAGE,
				    "'--parent-by' names %zu columns and '--by' %zu; name as many, in the same order",
				    count, by->count);
	for (size_t j = 0; j < count; j++) {
		KG_TRY(kg_table_column(run->children, by->name[j], &below[j], error));
		KG_TRY(kg_table_column(run->parents, name[j], &above[j], error));
	}
	run->keys.child_by = below;
	run->keys.parent_by = above;
	return KG_OK;
}

enum kg_status kg_reconcile_join(struct kg_reconcile_run *run, struct kg_error *error)
{
	struct kg_arena *arena = run->context->arena;
	struct joining joining = { .arena = arena,
				   .parent = KG_ARRAY(arena, size_t, run->parents->nrow + 1),
				   .child = KG_ARRAY(arena, size_t, run->children->nrow + 1) };

	if (!joining.parent || !joining.child)
		return kg_error_memory(error);
	KG_TRY(find_columns(run, error));
	for (size_t j = 0; j < run->context->by.count; j++)
		KG_TRY(join_column(run, j, &joining, &run->keys.respelt, error));
	KG_TRY(number_keys(run, &joining, error));
	return make_groups(run, error);
}
