#include "table/name_set.h"

#include <string.h>

#include "base/buffer.h"
#include "base/name.h"
#include "base/text.h"

struct entry {
	const char *name, *key;
	uint64_t hash;
};

/* Open addressing; a slot holds a number + 1. */
struct kg_name_set {
	struct kg_arena *arena;
	struct entry *entry;
	uint32_t *slot;
	size_t count, nslot;
};

struct kg_name_set *kg_name_set_new(struct kg_arena *arena)
{
	struct kg_name_set *set = KG_NEW(arena, struct kg_name_set);

	if (set)
		set->arena = arena;
	return set;
}

static bool double_room(struct kg_name_set *set)
{
	size_t nslot = set->nslot ? set->nslot * 2 : 64;
	uint32_t *slot = KG_ARRAY(set->arena, uint32_t, nslot);
	struct entry *entry = KG_ARRAY(set->arena, struct entry, nslot / 2);

	if (!slot || !entry)
		return false;
	if (set->count)
		memcpy(entry, set->entry, set->count * sizeof *entry);
	for (size_t i = 0; i < set->count; i++) {
		size_t at = entry[i].hash & (nslot - 1);

		while (slot[at])
			at = (at + 1) & (nslot - 1);
		slot[at] = (uint32_t)i + 1;
	}
	set->entry = entry;
	set->slot = slot;
	set->nslot = nslot;
	return true;
}

static size_t find_slot(const struct kg_name_set *set, const char *key, uint64_t hash)
{
	size_t at = hash & (set->nslot - 1);

	while (set->slot[at] &&
	       (set->entry[set->slot[at] - 1].hash != hash || strcmp(set->entry[set->slot[at] - 1].key, key) != 0))
		at = (at + 1) & (set->nslot - 1);
	return at;
}

size_t kg_name_set_add(struct kg_name_set *set, const char *name)
{
	const char *key = kg_name_key(name, set->arena);
	uint64_t hash;
	size_t at;

	if (!key || (set->count * 2 >= set->nslot && !double_room(set)))
		return KG_NO_NAME;
	hash = kg_hash(key, strlen(key), KG_HASH_START);
	at = find_slot(set, key, hash);
	if (!set->slot[at]) {
		set->entry[set->count] = (struct entry){ name, key, hash };
		set->slot[at] = (uint32_t)++set->count;
	}
	return set->slot[at] - 1;
}

size_t kg_name_set_find(struct kg_name_set *set, const char *name)
{
	struct kg_arena_mark mark = kg_arena_mark(set->arena);
	const char *key = kg_name_key(name, set->arena);
	size_t slot = 0;

	if (key && set->nslot)
		slot = set->slot[find_slot(set, key, kg_hash(key, strlen(key), KG_HASH_START))];
	kg_arena_rewind(set->arena, mark);
	return slot ? slot - 1 : KG_NO_NAME;
}

size_t kg_name_set_count(const struct kg_name_set *set)
{
	return set->count;
}

const char *kg_name_set_name(const struct kg_name_set *set, size_t number)
{
	return set->entry[number].name;
}

static size_t number_name(struct kg_name_set *set, const char *name, bool add)
{
	return add ? kg_name_set_add(set, name) : kg_name_set_find(set, name);
}

/* Numbers of a text column's levels: each distinct name is looked up once. */
static size_t *number_levels(struct kg_name_set *set, const struct kg_column *column, size_t nrow, bool add)
{
	size_t *of_level = KG_ARRAY(set->arena, size_t, column->nlevel + 1);
	bool *known = KG_ARRAY(set->arena, bool, column->nlevel + 1);

	if (!of_level || !known)
		return NULL;
	for (size_t i = 0; i < nrow; i++) {
		if (kg_column_missing(column, i) || known[column->code[i]])
			continue;
		known[column->code[i]] = true;
		of_level[column->code[i]] = number_name(set, column->level[column->code[i]], add);
	}
	return of_level;
}

const size_t *kg_name_set_column(struct kg_name_set *set, const struct kg_column *column, size_t nrow, bool add,
				 size_t *respelt)
{
	size_t *number = KG_ARRAY(set->arena, size_t, nrow + 1);
	size_t *of_level = column->type == KG_TEXT ? number_levels(set, column, nrow, add) : NULL;

	if (!number || (column->type == KG_TEXT && !of_level))
		return NULL;
	for (size_t i = 0; i < nrow; i++) {
		const char *name =
		    column->type == KG_TEXT ? kg_column_text(column, i) : kg_column_cell(column, i, set->arena);

		if (!name)
			return NULL;
		number[i] = kg_column_missing(column, i) ? KG_NO_NAME
			    : of_level			 ? of_level[column->code[i]]
							 : number_name(set, name, add);
		if (respelt && number[i] != KG_NO_NAME)
			*respelt += strcmp(name, set->entry[number[i]].name) != 0;
	}
	return kg_arena_failed(set->arena) ? NULL : number;
}

struct near {
	size_t apart, number;
};

/* Puts a candidate in its place among the nearest; earlier ones of the same distance stay before it. */
static void keep_nearest(struct near *near, size_t *count, struct near next)
{
	size_t at = *count;

	while (at && near[at - 1].apart > next.apart)
		at--;
	if (at >= KG_NAMES_NEAR)
		return;
	if (*count < KG_NAMES_NEAR)
		(*count)++;
	memmove(near + at + 1, near + at, (*count - 1 - at) * sizeof *near);
	near[at] = next;
}

const char *kg_name_set_near(struct kg_name_set *set, const char *name)
{
	struct near near[KG_NAMES_NEAR + 1];
	const char *key = kg_name_key(name, set->arena);
	struct kg_buffer list = kg_buffer_new(set->arena);
	size_t count = 0;

	for (size_t i = 0; key && i < set->count; i++) {
		size_t apart = kg_name_apart(key, set->entry[i].key);

		if (apart != SIZE_MAX)
			keep_nearest(near, &count, (struct near){ apart, i });
	}
	for (size_t k = 0; k < count; k++)
		kg_buffer_printf(&list, "%s'%s'", k ? ", " : "", set->entry[near[k].number].name);
	return count && !list.failed ? list.text : NULL;
}

const char *kg_name_cell(const struct kg_column *column, size_t row, struct kg_arena *arena)
{
	const char *name = kg_column_cell(column, row, arena);

	return name ? kg_name_key(name, arena) : NULL;
}
