#include "table/csv_fold_groups.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024
/* Rows ahead for which memory is asked early: first the slot, then the group it points to. */
#define AHEAD_SLOT 16
#define AHEAD_GROUP 8

enum kg_status kg_fold_groups_start(struct kg_fold_groups *groups, enum kg_fold_how how, size_t nvalue,
				    struct kg_error *error)
{
	*groups = (struct kg_fold_groups){ kg_arena_new(0), how, nvalue, .nslot = SLOTS_FIRST };
	groups->slot = calloc(groups->nslot, sizeof *groups->slot);
	return groups->arena && groups->slot ? KG_OK : kg_error_memory(error);
}

void kg_fold_groups_free(struct kg_fold_groups *groups)
{
	kg_arena_free(groups->arena);
	free(groups->slot);
	free(groups->group);
	*groups = (struct kg_fold_groups){ 0 };
}

static bool make_room(struct kg_fold_groups *groups)
{
	size_t nslot = groups->nslot * 2;
	struct kg_fold_slot *slot = calloc(nslot, sizeof *slot);
	struct kg_fold_group **group = realloc(groups->group, nslot / 2 * sizeof *group);

	groups->group = group ? group : groups->group;
	if (!slot || !group) {
		free(slot);
		return false;
	}
	for (size_t i = 0; i < groups->nslot; i++) {
		size_t at = groups->slot[i].hash & (nslot - 1);

		if (!groups->slot[i].group)
			continue;
		while (slot[at].group)
			at = (at + 1) & (nslot - 1);
		slot[at] = groups->slot[i];
	}
	free(groups->slot);
	groups->slot = slot;
	groups->nslot = nslot;
	groups->room = nslot / 2;
	return true;
}

static struct kg_fold_group *new_group(struct kg_fold_groups *groups, const uint64_t *key, size_t words)
{
	size_t n = groups->nvalue, head = sizeof(struct kg_fold_group) + words * sizeof *key;
	size_t at = (head + _Alignof(long double) - 1) / _Alignof(long double) * _Alignof(long double);
	char *memory = kg_arena_alloc(groups->arena, at + n * (sizeof(long double) + sizeof(size_t)));
	struct kg_fold_group *group = (struct kg_fold_group *)(void *)memory;

	if (!group)
		return NULL;
	group->words = words;
	group->total = (long double *)(void *)(memory + at);
	group->count = (size_t *)(void *)(memory + at + n * sizeof(long double));
	memcpy(group->key, key, words * sizeof *key);
	groups->group[groups->count++] = group;
	return group;
}

static bool is_same(const struct kg_fold_group *group, const uint64_t *key, size_t words)
{
	uint64_t differ = group->words ^ words;

	for (size_t i = 0; i < words && !differ; i++)
		differ = group->key[i] ^ key[i];
	return !differ;
}

/* The group of a row's key; a new one has words but no row yet. NULL: memory is out. */
static struct kg_fold_group *find_group(struct kg_fold_groups *groups, const struct kg_fold_row *row,
					const uint64_t *key, bool *is_new)
{
	size_t at;

	if (groups->count >= groups->room && !make_room(groups))
		return NULL;
	for (at = row->hash & (groups->nslot - 1); groups->slot[at].group; at = (at + 1) & (groups->nslot - 1))
		if (groups->slot[at].hash == row->hash && is_same(groups->slot[at].group, key, row->words))
			return groups->slot[at].group;
	*is_new = true;
	groups->slot[at] = (struct kg_fold_slot){ row->hash, new_group(groups, key, row->words) };
	return groups->slot[at].group;
}

static void fold_in(enum kg_fold_how how, bool first, long double value, long double *total)
{
	if (how == KG_FOLD_SUM || how == KG_FOLD_MEAN)
		*total += value;
	else if (first || (how == KG_FOLD_MIN ? value < *total : value > *total))
		*total = value;
}

static bool start_ranges(struct kg_fold_groups *groups, struct kg_fold_group *group)
{
	group->range = KG_ARRAY(groups->arena, struct kg_fold_range, groups->nvalue);
	for (size_t v = 0; group->range && v < groups->nvalue; v++)
		group->range[v] = (struct kg_fold_range){ group->total[v], group->total[v], group->total[v] };
	return group->range != NULL;
}

static void fold_range(enum kg_fold_how how, bool first, const struct kg_fold_range *value, struct kg_fold_range *range)
{
	fold_in(how, first, value->low, &range->low);
	fold_in(how, first, value->high_whole, &range->high_whole);
	fold_in(how, first, value->high_real, &range->high_real);
}

static struct kg_fold_range range_of(enum kg_bound bound, double stated)
{
	double low, whole, real;

	kg_bound_range(bound, stated, true, &low, &whole);
	kg_bound_range(bound, stated, false, &low, &real);
	return (struct kg_fold_range){ low, whole, real };
}

static bool add_row(struct kg_fold_groups *groups, struct kg_fold_group *group, const struct kg_fold_rows *rows,
		    size_t row)
{
	for (size_t v = 0; v < groups->nvalue; v++) {
		const struct kg_block *block = &rows->value[v];
		double value = block->real[row];
		bool first = !group->count[v];

		if (block->missing[row])
			continue;
		if (block->bound[row] != KG_BOUND_EXACT && !group->range && !start_ranges(groups, group))
			return false;
		if (group->range) {
			struct kg_fold_range range = range_of((enum kg_bound)block->bound[row], value);

			fold_range(groups->how, first, &range, &group->range[v]);
		}
		fold_in(groups->how, first, value, &group->total[v]);
		group->count[v]++;
	}
	return true;
}

/* Memory that is far away is asked for some rows before it is needed. */
static void look_ahead(const struct kg_fold_groups *groups, const struct kg_fold_row *row, size_t left)
{
	const struct kg_fold_group *group;

	if (left > AHEAD_SLOT)
		__builtin_prefetch(&groups->slot[row[AHEAD_SLOT].hash & (groups->nslot - 1)]);
	if (left <= AHEAD_GROUP)
		return;
	group = groups->slot[row[AHEAD_GROUP].hash & (groups->nslot - 1)].group;
	if (!group)
		return;
	__builtin_prefetch(group);
	__builtin_prefetch((const char *)group + 64);
	__builtin_prefetch((const char *)group + 128);
}

enum kg_status kg_fold_groups_add(struct kg_fold_groups *groups, const struct kg_chunk *chunk,
				  const struct kg_fold_rows *rows, size_t first, size_t last, struct kg_error *error)
{
	for (size_t i = first; i < last; i++) {
		const struct kg_fold_row *row = &rows->row[i];
		struct kg_fold_group *group;
		bool is_new = false;

		look_ahead(groups, row, last - i);
		group = find_group(groups, row, rows->key + row->key, &is_new);
		if (!group)
			return kg_error_memory(error);
		if (is_new) {
			group->row = chunk->first_row + row->row;
			group->line = chunk->first_line + chunk->line[row->row];
		}
		if (!add_row(groups, group, rows, row->row))
			return kg_error_memory(error);
	}
	return KG_OK;
}

enum kg_status kg_fold_groups_merge(struct kg_fold_groups *groups, struct kg_fold_group *into,
				    const struct kg_fold_group *from, struct kg_error *error)
{
	if (from->range && !into->range && !start_ranges(groups, into))
		return kg_error_memory(error);
	for (size_t v = 0; v < groups->nvalue; v++) {
		struct kg_fold_range exact = { from->total[v], from->total[v], from->total[v] };
		bool first = !into->count[v];

		if (!from->count[v])
			continue;
		if (into->range)
			fold_range(groups->how, first, from->range ? &from->range[v] : &exact, &into->range[v]);
		fold_in(groups->how, first, from->total[v], &into->total[v]);
		into->count[v] += from->count[v];
	}
	return KG_OK;
}
