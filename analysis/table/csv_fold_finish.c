#include <string.h>

#include "table/csv_store.h"
#include "table/csv_fold_sink.h"
#include "table/group.h"

/* Groups whose keys are typed at a time. */
#define BATCH 4096

/* All groups in order of first appearance. */
struct roll {
	struct kg_fold_member *member;
	size_t count;
};

static const struct kg_fold_group *group_of(const struct kg_fold_member *member)
{
	return &member->part->group[member->group];
}

/* Each part is in that order already: the next group is the earliest of the parts' next ones. */
static enum kg_status call_roll(const struct kg_fold_sink *sink, struct kg_arena *arena, struct roll *roll,
				struct kg_error *error)
{
	size_t *next = KG_ARRAY(arena, size_t, sink->nparts), total = 0;

	for (size_t p = 0; p < sink->nparts; p++)
		total += sink->part[p].count;
	roll->member = KG_ARRAY(arena, struct kg_fold_member, total);
	if (!next || !roll->member)
		return kg_error_memory(error);
	for (roll->count = 0; roll->count < total; roll->count++) {
		size_t first = 0, row = SIZE_MAX;

		for (size_t p = 0; p < sink->nparts; p++) {
			const struct kg_fold_groups *part = &sink->part[p];

			if (next[p] < part->count && part->group[next[p]].row < row) {
				first = p;
				row = part->group[next[p]].row;
			}
		}
		roll->member[roll->count] = (struct kg_fold_member){ &sink->part[first], next[first]++ };
	}
	return KG_OK;
}

static const struct kg_fold_record *record_of(const struct kg_fold_member *member)
{
	return kg_fold_groups_record(member->part, group_of(member)->record);
}

/* A key taken apart into cells: row `row` of the chunk. */
static void lay_key(struct kg_chunk *chunk, size_t row, size_t at, size_t nkey)
{
	for (size_t k = 0; k < nkey; k++) {
		size_t length = strlen(chunk->bytes + at);

		chunk->span[k * chunk->room + row] = (struct kg_span){ (uint32_t)at, (uint32_t)length };
		at += length + 1;
	}
}

/* A batch of keys laid out as a chunk, so that they are typed as cells of a file are. */
static enum kg_status lay_out(const struct roll *roll, size_t from, size_t nkey, struct kg_arena *scratch,
			      struct kg_chunk *chunk, struct kg_error *error)
{
	size_t count = roll->count - from < BATCH ? roll->count - from : BATCH, words = 0, at = 0;

	for (size_t i = 0; i < count; i++)
		words += record_of(&roll->member[from + i])->words;
	*chunk = (struct kg_chunk){ .room = count, .nrow = count };
	chunk->bytes = kg_arena_alloc(scratch, words * sizeof(uint64_t) + 1);
	chunk->span = KG_ARRAY(scratch, struct kg_span, count * nkey + 1);
	chunk->line = KG_ARRAY(scratch, uint32_t, count);
	if (!chunk->bytes || !chunk->span || !chunk->line)
		return kg_error_memory(error);
	for (size_t i = 0; i < count; i++) {
		const struct kg_fold_member *member = &roll->member[from + i];
		const struct kg_fold_record *record = record_of(member);
		size_t length = record->words * sizeof(uint64_t);

		memcpy(chunk->bytes + at, kg_fold_groups_key(member->part, record), length);
		chunk->line[i] = (uint32_t)group_of(member)->line;
		lay_key(chunk, i, at, nkey);
		at += length;
	}
	return KG_OK;
}

/* The key columns while they are typed. */
struct keys {
	size_t count;
	const char **name;
	struct kg_cell_rule *rule;
	struct kg_block *block;
	struct kg_store *store;
};

static void release_keys(void *object)
{
	struct keys *keys = object;

	for (size_t k = 0; k < keys->count; k++) {
		kg_block_free(&keys->block[k]);
		kg_store_free(&keys->store[k]);
	}
}

static enum kg_status start_keys(const struct kg_csv_plan *plan, struct kg_arena *scratch, struct keys *keys,
				 struct kg_error *error)
{
	keys->count = plan->nkey;
	keys->name = KG_ARRAY(scratch, const char *, plan->nkey);
	keys->rule = KG_ARRAY(scratch, struct kg_cell_rule, plan->nkey);
	keys->block = KG_ARRAY(scratch, struct kg_block, plan->nkey);
	keys->store = KG_ARRAY(scratch, struct kg_store, plan->nkey);
	if (kg_arena_failed(scratch) || !kg_arena_defer(scratch, release_keys, keys))
		return kg_error_memory(error);
	for (size_t k = 0; k < plan->nkey; k++) {
		keys->name[k] = plan->name[plan->key[k]];
		keys->rule[k] = plan->rule[plan->key[k]];
		KG_TRY(kg_store_start(&keys->store[k], keys->name[k], &keys->rule[k], error));
	}
	return KG_OK;
}

static enum kg_status type_batch(struct keys *keys, struct kg_chunk *chunk, struct kg_error *error)
{
	for (size_t k = 0; k < keys->count; k++) {
		kg_block_read(&keys->block[k], chunk, k, UINT32_MAX, &keys->rule[k], keys->name);
		if (chunk->error.status != KG_OK) {
			*error = chunk->error;
			error->row -= error->row ? 1 : 0;
			return error->status;
		}
		KG_TRY(kg_store_add(&keys->store[k], chunk, &keys->block[k], k, error));
	}
	return KG_OK;
}

static enum kg_status type_keys(const struct kg_csv_plan *plan, const struct roll *roll, struct kg_arena *arena,
				struct kg_column *column, struct kg_error *error)
{
	struct kg_arena *scratch = kg_arena_new(0);
	enum kg_status status = scratch ? KG_OK : kg_error_memory(error);
	struct keys keys = { 0 };

	if (status == KG_OK)
		status = start_keys(plan, scratch, &keys, error);
	for (size_t from = 0; status == KG_OK && from < roll->count; from += BATCH) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);
		struct kg_chunk chunk;

		status = lay_out(roll, from, plan->nkey, scratch, &chunk, error);
		if (status == KG_OK)
			status = type_batch(&keys, &chunk, error);
		kg_arena_rewind(scratch, mark);
	}
	for (size_t k = 0; status == KG_OK && k < plan->nkey; k++) {
		const struct kg_field *field = plan->field[plan->key[k]];

		status = kg_store_finish(&keys.store[k], arena, &column[k], error);
		column[k].absent = NULL; /* of groups, not of rows */
		column[k].unit = field ? field->unit : NULL;
		column[k].title = field ? field->title : NULL;
	}
	kg_arena_free(scratch);
	return status;
}

/* Keys that are written differently can have the same value, such as 1 and 1.0: their groups are merged into the first.
 * `merged`: there were some. */
static enum kg_status merge_same(const struct kg_table *keys, struct roll *roll, struct kg_arena *scratch, bool *merged,
				 struct kg_error *error)
{
	const char **name = KG_ARRAY(scratch, const char *, keys->ncol);
	struct kg_names by = { name, keys->ncol };
	struct kg_groups same;

	if (!name)
		return kg_error_memory(error);
	for (size_t k = 0; k < keys->ncol; k++)
		name[k] = keys->column[k].name;
	KG_TRY(kg_groups_make(keys, &by, scratch, &same, error));
	*merged = same.ngroup < roll->count;
	for (size_t g = 0; g < same.ngroup; g++) {
		const struct kg_fold_member *first = &roll->member[same.row[same.start[g]]];

		for (size_t i = same.start[g] + 1; i < same.start[g + 1]; i++) {
			const struct kg_fold_member *other = &roll->member[same.row[i]];

			KG_TRY(kg_fold_groups_merge(first->part, first->group, other->part, other->group, error));
		}
	}
	for (size_t g = 0; g < same.ngroup; g++) /* the first of group g stands at g or later */
		roll->member[g] = roll->member[same.row[same.start[g]]];
	roll->count = same.ngroup;
	return KG_OK;
}

static bool can_be_same(const struct kg_csv_plan *plan, const struct kg_column *column)
{
	for (size_t k = 0; k < plan->nkey; k++)
		if (column[k].type != KG_TEXT || plan->rule[plan->key[k]].missing)
			return true;
	return false;
}

/* Types the keys that are left after merging. Their type is still that of all: 7 and 7.0 are reals. */
static enum kg_status type_again(const struct kg_csv_plan *plan, const struct roll *roll, struct kg_arena *arena,
				 struct kg_column *column, struct kg_error *error)
{
	struct kg_column *typed = KG_ARRAY(arena, struct kg_column, plan->nkey);

	if (!typed)
		return kg_error_memory(error);
	KG_TRY(type_keys(plan, roll, arena, typed, error));
	for (size_t k = 0; k < plan->nkey; k++) {
		enum kg_type type = column[k].type;

		column[k] = typed[k];
		column[k].type = type;
	}
	return KG_OK;
}

/* The key columns, in which no key stands twice. */
static enum kg_status finish_keys(const struct kg_csv_plan *plan, struct roll *roll, struct kg_arena *scratch,
				  struct kg_arena *arena, struct kg_column *column, struct kg_error *error)
{
	struct kg_table keys = { .ncol = plan->nkey, .column = column, .from = &kg_provenance_none };
	bool merged = false;

	KG_TRY(type_keys(plan, roll, arena, column, error));
	keys.nrow = roll->count;
	if (can_be_same(plan, column))
		KG_TRY(merge_same(&keys, roll, scratch, &merged, error));
	return merged ? type_again(plan, roll, arena, column, error) : KG_OK;
}

static size_t count_missing(const struct kg_fold_sink *sink, const struct roll *roll)
{
	size_t missing = sink->nrow * sink->plan->nvalue;

	for (size_t i = 0; i < roll->count; i++)
		for (size_t v = 0; v < sink->plan->nvalue; v++)
			missing -= kg_fold_groups_value(roll->member[i].part, roll->member[i].group, v).count;
	return missing;
}

static enum kg_status finish(const struct kg_fold_sink *sink, struct kg_arena *scratch, struct kg_arena *arena,
			     struct kg_table *table, struct kg_provenance *from, struct kg_error *error)
{
	const struct kg_csv_plan *plan = sink->plan;
	struct kg_column *column = KG_ARRAY(arena, struct kg_column, plan->nkey + plan->nvalue + 1);
	uint32_t *line;
	struct roll roll;

	if (!column)
		return kg_error_memory(error);
	KG_TRY(call_roll(sink, scratch, &roll, error));
	KG_TRY(finish_keys(plan, &roll, scratch, arena, column, error));
	KG_TRY(kg_fold_values(sink, roll.member, roll.count, arena, column + plan->nkey, error));
	table->line = line = KG_ARRAY(arena, uint32_t, roll.count);
	if (!line)
		return kg_error_memory(error);
	for (size_t i = 0; i < roll.count; i++)
		line[i] = (uint32_t)group_of(&roll.member[i])->line;
	table->nrow = roll.count;
	table->ncol = plan->nkey + plan->nvalue;
	table->column = column;
	from->folded_rows = sink->nrow;
	from->folded_missing = count_missing(sink, &roll);
	return KG_OK;
}

enum kg_status kg_fold_finish(const struct kg_sink *sink, struct kg_arena *arena, struct kg_table *table,
			      struct kg_provenance *from, struct kg_error *error)
{
	struct kg_arena *scratch = kg_arena_new(0);
	enum kg_status status = scratch ? KG_OK : kg_error_memory(error);

	if (status == KG_OK)
		status = finish(sink->self, scratch, arena, table, from, error);
	kg_arena_free(scratch);
	return status;
}
