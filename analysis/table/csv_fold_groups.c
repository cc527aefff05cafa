#include "table/csv_fold_groups.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024
/* Rows ahead for which memory is asked early: first the slot, then the record it leads to. */
#define AHEAD_SLOT 24
#define AHEAD_RECORD 12

enum kg_status kg_fold_groups_start(struct kg_fold_groups *groups, enum kg_fold_how how, size_t nvalue,
				    struct kg_error *error)
{
	*groups = (struct kg_fold_groups){ .how = how, .nvalue = nvalue, .nslot = SLOTS_FIRST };
	groups->nword = 1; /* record 0 means none */
	groups->arena = kg_arena_new(0);
	groups->slot = calloc(groups->nslot, sizeof *groups->slot);
	return groups->arena && groups->slot ? KG_OK : kg_error_memory(error);
}

void kg_fold_groups_free(struct kg_fold_groups *groups)
{
	kg_arena_free(groups->arena);
	free(groups->slot);
	free(groups->word);
	free(groups->group);
	*groups = (struct kg_fold_groups){ 0 };
}

static size_t slot_of(const struct kg_fold_groups *groups, uint64_t hash)
{
	return hash & (groups->nslot - 1);
}

static bool double_slots(struct kg_fold_groups *groups)
{
	size_t old = groups->nslot;
	struct kg_fold_slot *slot = calloc(old * 2, sizeof *slot), *from = groups->slot;

	if (!slot)
		return false;
	groups->slot = slot;
	groups->nslot = old * 2;
	for (size_t i = 0; i < old; i++) {
		const struct kg_fold_record *record = kg_fold_groups_record(groups, from[i].record);
		size_t at;

		if (!from[i].record)
			continue;
		at = slot_of(groups, kg_fold_hash(kg_fold_groups_key(groups, record), record->words));
		while (slot[at].record)
			at = (at + 1) & (groups->nslot - 1);
		slot[at] = from[i];
	}
	free(from);
	return true;
}

/* Room for one more group with a key of `words`. */
static bool make_room(struct kg_fold_groups *groups, size_t words)
{
	size_t need = groups->nword + sizeof(struct kg_fold_record) / sizeof(uint64_t) + groups->nvalue + words;

	if (groups->count * 2 >= groups->nslot && !double_slots(groups))
		return false;
	if (need > UINT32_MAX)
		return false;
	if (groups->count == groups->room) {
		size_t room = groups->room ? groups->room * 2 : SLOTS_FIRST;
		struct kg_fold_group *group = realloc(groups->group, room * sizeof *group);

		if (!group)
			return false;
		groups->group = group;
		groups->room = room;
	}
	if (need > groups->word_room) {
		size_t room = need + need / 2;
		uint64_t *word = realloc(groups->word, room * sizeof *word);

		if (!word)
			return false;
		groups->word = word;
		groups->word_room = room;
	}
	return true;
}

static struct kg_fold_record *new_group(struct kg_fold_groups *groups, const uint64_t *key, size_t words)
{
	struct kg_fold_record *record = kg_fold_groups_record(groups, groups->nword);
	double start = groups->how == KG_FOLD_MIN ? INFINITY : groups->how == KG_FOLD_MAX ? -INFINITY : 0;

	*record = (struct kg_fold_record){ .group = (uint32_t)groups->count, .words = (uint32_t)words };
	for (size_t v = 0; v < groups->nvalue; v++)
		record->total[v] = start;
	memcpy(record->total + groups->nvalue, key, words * sizeof *key);
	groups->group[groups->count++] = (struct kg_fold_group){ .record = groups->nword };
	groups->nword += sizeof *record / sizeof(uint64_t) + groups->nvalue + words;
	return record;
}

static bool is_same(const struct kg_fold_groups *groups, const struct kg_fold_record *record, const uint64_t *key,
		    size_t words)
{
	const uint64_t *held = kg_fold_groups_key(groups, record);
	uint64_t differ = record->words ^ words;

	for (size_t i = 0; i < words && !differ; i++)
		differ = held[i] ^ key[i];
	return !differ;
}

/* The record of a row's key; a new one has no rows yet. NULL: memory is out. */
static struct kg_fold_record *find_record(struct kg_fold_groups *groups, const struct kg_fold_row *row,
					  const uint64_t *key)
{
	uint32_t tag = (uint32_t)(row->hash >> 32);
	struct kg_fold_slot *slot;

	for (size_t at = slot_of(groups, row->hash);; at = (at + 1) & (groups->nslot - 1)) {
		struct kg_fold_record *record;

		slot = &groups->slot[at];
		if (!slot->record)
			break;
		record = kg_fold_groups_record(groups, slot->record);
		if (slot->tag == tag && is_same(groups, record, key, row->words))
			return record;
	}
	if (!make_room(groups, row->words))
		return NULL;
	for (size_t at = slot_of(groups, row->hash);; at = (at + 1) & (groups->nslot - 1)) {
		slot = &groups->slot[at];
		if (!slot->record)
			break;
	}
	*slot = (struct kg_fold_slot){ tag, (uint32_t)groups->nword };
	return new_group(groups, key, row->words);
}

static struct kg_fold_rest *rest_of(struct kg_fold_groups *groups, struct kg_fold_group *group)
{
	if (!group->rest)
		group->rest = KG_ARRAY(groups->arena, struct kg_fold_rest, groups->nvalue);
	return group->rest;
}

static void fold_in(enum kg_fold_how how, long double value, long double *total)
{
	if (how == KG_FOLD_SUM || how == KG_FOLD_MEAN)
		*total += value;
	else if (how == KG_FOLD_MIN ? value < *total : value > *total)
		*total = value;
}

/* Adds to a total. What rounding takes away (Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation
 * endlicher Summen") is kept apart; sums of integers have none. */
static bool fold_value(struct kg_fold_groups *groups, struct kg_fold_record *record, size_t v, double value)
{
	double old = record->total[v], sum = old + value, back = sum - old, lost;
	struct kg_fold_rest *rest;

	if (groups->how == KG_FOLD_MIN || groups->how == KG_FOLD_MAX) {
		if (groups->how == KG_FOLD_MIN ? value < old : value > old)
			record->total[v] = value;
		return true;
	}
	record->total[v] = sum;
	lost = (old - (sum - back)) + (value - back);
	if (lost == 0 || !isfinite(sum))
		return true;
	rest = rest_of(groups, &groups->group[record->group]);
	if (rest)
		rest[v].carry += lost;
	return rest != NULL;
}

static bool start_ranges(struct kg_fold_groups *groups, struct kg_fold_group *group)
{
	const struct kg_fold_record *record = kg_fold_groups_record(groups, group->record);

	if (!rest_of(groups, group))
		return false;
	for (size_t v = 0; v < groups->nvalue; v++) {
		long double total = (long double)record->total[v] + group->rest[v].carry;

		group->rest[v].range = (struct kg_fold_range){ total, total, total, total };
	}
	group->bounded = groups->bounded = true;
	return true;
}

static void fold_range(enum kg_fold_how how, const struct kg_fold_range *value, struct kg_fold_range *range)
{
	fold_in(how, value->low, &range->low);
	fold_in(how, value->high_whole, &range->high_whole);
	fold_in(how, value->high_real, &range->high_real);
	fold_in(how, value->stated_whole, &range->stated_whole);
}

static bool fold_bound(struct kg_fold_groups *groups, struct kg_fold_group *group, size_t v, enum kg_bound bound,
		       double stated)
{
	struct kg_fold_range range;
	double low, whole, real;

	if (bound == KG_BOUND_EXACT && !group->bounded)
		return true;
	if (!group->bounded && !start_ranges(groups, group))
		return false;
	kg_bound_range(bound, stated, true, &low, &whole);
	kg_bound_range(bound, stated, false, &low, &real);
	range = (struct kg_fold_range){ low, whole, real, stated < whole ? stated : whole };
	fold_range(groups->how, &range, &group->rest[v].range);
	return true;
}

/* A row with missing values or bounds. */
static bool add_oddly(struct kg_fold_groups *groups, struct kg_fold_record *record, const struct kg_fold_rows *rows,
		      size_t row)
{
	struct kg_fold_group *group = &groups->group[record->group];

	for (size_t v = 0; v < groups->nvalue; v++) {
		const struct kg_block *block = &rows->value[v];

		if (!block->missing[row]) {
			if (!fold_bound(groups, group, v, (enum kg_bound)block->bound[row], block->real[row]) ||
			    !fold_value(groups, record, v, block->real[row]))
				return false;
			continue;
		}
		if (!rest_of(groups, group))
			return false;
		group->rest[v].absent++;
	}
	return true;
}

static bool add_plainly(struct kg_fold_groups *groups, struct kg_fold_record *record, const struct kg_fold_rows *rows,
			size_t row)
{
	bool fits = true;

	for (size_t v = 0; v < groups->nvalue; v++)
		fits &= fold_value(groups, record, v, rows->value[v].real[row]);
	return fits;
}

/* Memory that is far away is asked for some rows before it is needed. Always inline: as a function of its own it would
 * count as one without effect and be left out. */
static inline __attribute__((always_inline)) void look_ahead(const struct kg_fold_groups *groups,
							     const struct kg_fold_row *row, size_t left)
{
	const struct kg_fold_slot *slot;

	if (left <= AHEAD_SLOT)
		return;
	__builtin_prefetch(&groups->slot[slot_of(groups, row[AHEAD_SLOT].hash)]);
	slot = &groups->slot[slot_of(groups, row[AHEAD_RECORD].hash)];
	__builtin_prefetch(groups->word + slot->record, 1);
	__builtin_prefetch(groups->word + slot->record + 7, 1);
}

static bool has_oddities(const struct kg_fold_groups *groups, const struct kg_fold_rows *rows)
{
	bool odd = groups->bounded;

	for (size_t v = 0; v < groups->nvalue; v++)
		odd |= rows->value[v].any_missing || rows->value[v].any_bound;
	return odd;
}

enum kg_status kg_fold_groups_add(struct kg_fold_groups *groups, const struct kg_chunk *chunk,
				  const struct kg_fold_rows *rows, size_t first, size_t last, struct kg_error *error)
{
	bool odd = has_oddities(groups, rows);

	for (size_t i = first; i < last; i++) {
		const struct kg_fold_row *row = &rows->row[i];
		struct kg_fold_record *record;

		look_ahead(groups, row, last - i);
		record = find_record(groups, row, rows->key + row->key);
		if (!record)
			return kg_error_memory(error);
		if (!record->nrow++) {
			groups->group[record->group].row = chunk->first_row + row->row;
			groups->group[record->group].line = chunk->first_line + chunk->line[row->row];
		}
		if (!(odd ? add_oddly : add_plainly)(groups, record, rows, row->row))
			return kg_error_memory(error);
	}
	return KG_OK;
}

struct kg_folded kg_fold_groups_value(const struct kg_fold_groups *groups, size_t group, size_t value)
{
	const struct kg_fold_record *record = kg_fold_groups_record(groups, groups->group[group].record);
	const struct kg_fold_rest *rest = groups->group[group].rest;
	struct kg_folded folded = { record->nrow, record->total[value], { 0, 0, 0, 0 } };

	if (rest) {
		folded.count -= rest[value].absent;
		folded.total += rest[value].carry;
	}
	folded.range = (struct kg_fold_range){ folded.total, folded.total, folded.total, folded.total };
	if (groups->group[group].bounded)
		folded.range = rest[value].range;
	return folded;
}

enum kg_status kg_fold_groups_merge(struct kg_fold_groups *into, size_t group, const struct kg_fold_groups *from,
				    size_t other, struct kg_error *error)
{
	struct kg_fold_group *held = &into->group[group];
	struct kg_fold_record *record = kg_fold_groups_record(into, held->record);
	size_t nrow = kg_fold_groups_record(from, from->group[other].record)->nrow;
	bool fits = rest_of(into, held) != NULL;

	if (fits && from->group[other].bounded && !held->bounded)
		fits = start_ranges(into, held);
	for (size_t v = 0; fits && v < into->nvalue; v++) {
		struct kg_folded folded = kg_fold_groups_value(from, other, v);

		held->rest[v].absent += nrow - folded.count;
		if (!folded.count)
			continue;
		if (held->bounded)
			fold_range(into->how, &folded.range, &held->rest[v].range);
		fits = fold_value(into, record, v, (double)folded.total);
		if (into->how == KG_FOLD_SUM || into->how == KG_FOLD_MEAN)
			held->rest[v].carry += (double)(folded.total - (double)folded.total);
	}
	record->nrow += nrow;
	return fits ? KG_OK : kg_error_memory(error);
}
