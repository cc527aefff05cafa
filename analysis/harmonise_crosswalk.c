#include "harmonise_crosswalk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares are written with six decimals or so: sums may miss 1 by that rounding, and are then scaled to 1. */
#define SHARE_SLACK 1e-4

struct reading {
	struct kg_crosswalk *crosswalk;
	const struct kg_column *from, *to, *share;
	struct kg_arena *arena;
	struct kg_error *error;
};

static enum kg_status refuse(const struct reading *reading, size_t row, const char *column, const char *what,
			     const char *which)
{
	const struct kg_table *table = reading->crosswalk->table;

	return kg_error_cell(reading->error, KG_EDATA, table->from->file, kg_table_line(table, row), column, what,
			     which);
}

static const char *name_old(const struct reading *reading, size_t unit)
{
	return kg_name_set_name(reading->crosswalk->old_names, unit);
}

/* First and last day of validity from the columns valid_from and valid_to, where there are any. */
static enum kg_status read_validity(const struct reading *reading, const char *name, bool end)
{
	const struct kg_table *table = reading->crosswalk->table;
	const struct kg_column *column = kg_table_find(table, name);

	for (size_t row = 0; column && row < table->nrow; row++) {
		const char *cell = kg_column_cell(column, row, reading->arena);
		struct kg_link *link = &reading->crosswalk->link[row];
		enum kg_period_kind kind;
		double year;
		long index;

		if (!cell)
			return kg_error_memory(reading->error);
		if (!*cell)
			continue;
		if (!kg_period_parse(cell, &kind, &index, &year))
			return refuse(reading, row, name,
				      "'%s' is no period; write 2020, 2020-05, 2020-Q1 or 2020-05-17", cell);
		*(end ? &link->last_day : &link->first_day) = kg_period_last_day(kind, end ? index : index - 1) + !end;
		if (end && link->last_day < link->first_day)
			return refuse(reading, row, name, "'%s' lies before valid_from; it is the last period", cell);
	}
	return KG_OK;
}

static enum kg_status read_links(const struct reading *reading)
{
	struct kg_crosswalk *crosswalk = reading->crosswalk;
	size_t nrow = crosswalk->table->nrow;
	const size_t *from = kg_name_set_column(crosswalk->old_names, reading->from, nrow, true, NULL);
	const size_t *to = kg_name_set_column(crosswalk->new_names, reading->to, nrow, true, NULL);

	if (!from || !to)
		return kg_error_memory(reading->error);
	for (size_t row = 0; row < nrow; row++) {
		double share = reading->share ? kg_column_real(reading->share, row) : NAN;

		if (from[row] == KG_NO_NAME || to[row] == KG_NO_NAME)
			return refuse(reading, row, from[row] == KG_NO_NAME ? reading->from->name : reading->to->name,
				      "the unit is missing%s; fill it in", "");
		if (!isnan(share) && !(share >= 0 && share <= 1))
			return refuse(reading, row, reading->share->name, "the share of '%s' is not between 0 and 1",
				      name_old(reading, from[row]));
		crosswalk->link[row] = (struct kg_link){
			.from = from[row],
			.to = to[row],
			.low = share,
			.high = share,
			.first_day = LONG_MIN,
			.last_day = LONG_MAX,
			.same = kg_name_set_find(crosswalk->new_names, name_old(reading, from[row])) == to[row],
			.row = row,
		};
	}
	crosswalk->nold = kg_name_set_count(crosswalk->old_names);
	crosswalk->nnew = kg_name_set_count(crosswalk->new_names);
	KG_TRY(read_validity(reading, "valid_from", false));
	return read_validity(reading, "valid_to", true);
}

static int compare_links(const void *a, const void *b)
{
	const struct kg_link *left = a, *right = b;

	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	if (left->first_day != right->first_day)
		return left->first_day < right->first_day ? -1 : 1;
	return (left->row > right->row) - (left->row < right->row);
}

/* The first fault of a unit is the one that is told. */
static void blame(const struct kg_crosswalk *crosswalk, size_t unit, struct kg_fault fault)
{
	if (crosswalk->fault[unit].kind == KG_FAULT_NONE)
		crosswalk->fault[unit] = fault;
}

/* Gives the links of one extent shares that sum to 1. */
static void settle_shares(const struct reading *reading, struct kg_extent *extent)
{
	struct kg_link *link = &reading->crosswalk->link[extent->first];
	double *share = &reading->crosswalk->share[extent->first], sum = 0;
	size_t unknown = 0;

	for (size_t k = 0; k < extent->count; k++) {
		unknown += isnan(link[k].low);
		sum += isnan(link[k].low) ? 0 : link[k].low;
	}
	if (unknown ? sum > 1 + SHARE_SLACK : fabs(sum - 1) > SHARE_SLACK) {
		blame(reading->crosswalk, extent->unit,
		      (struct kg_fault){ .kind = KG_FAULT_SHARES, .row = link[0].row, .sum = sum });
		return;
	}
	extent->unknown = unknown > 1;
	for (size_t k = 0, met = 0; k < extent->count; k++) {
		double rest = sum < 1 ? 1 - sum : 0;

		if (isnan(link[k].low)) {
			share[k] = met++ ? 0 : rest;
			link[k].low = extent->unknown ? 0 : rest;
			link[k].high = rest;
		} else {
			share[k] = link[k].low = link[k].high = unknown ? link[k].low : link[k].low / sum;
		}
	}
}

static void find_twice(const struct reading *reading, const struct kg_extent *extent)
{
	const struct kg_link *link = &reading->crosswalk->link[extent->first];

	for (size_t k = 1; k < extent->count; k++)
		for (size_t j = 0; j < k; j++)
			if (link[j].to == link[k].to)
				blame(reading->crosswalk, extent->unit,
				      (struct kg_fault){
					  .kind = KG_FAULT_TWICE, .row = link[k].row, .other = link[j].row });
}

/* A link starts a new extent unless it belongs to the one before. */
static void add_link(const struct reading *reading, size_t at)
{
	struct kg_crosswalk *crosswalk = reading->crosswalk;
	const struct kg_link *link = &crosswalk->link[at], *before = at ? link - 1 : NULL;
	bool same = before && before->from == link->from;

	if (same && before->first_day == link->first_day && before->last_day == link->last_day) {
		crosswalk->extent[crosswalk->nextent - 1].count++;
		return;
	}
	if (same && before->last_day >= link->first_day)
		blame(crosswalk, link->from,
		      (struct kg_fault){ .kind = KG_FAULT_OVERLAP, .row = link->row, .other = before->row });
	crosswalk->dated |= same;
	crosswalk->extent[crosswalk->nextent++] = (struct kg_extent){ link->from, at, 1, false };
	crosswalk->start[link->from + 1] = crosswalk->nextent;
}

/* The parts of faulty units leave the new ones that they went into without a figure. */
static void find_broken(struct kg_crosswalk *crosswalk)
{
	for (size_t k = 0; k < crosswalk->table->nrow; k++)
		if (crosswalk->fault[crosswalk->link[k].from].kind != KG_FAULT_NONE)
			crosswalk->broken[crosswalk->link[k].to] = true;
}

/* An event that is said to be a rename has one unit on either side. */
static enum kg_status check_renames(const struct reading *reading)
{
	const struct kg_crosswalk *crosswalk = reading->crosswalk;
	const struct kg_column *event = kg_table_find(crosswalk->table, "event");
	size_t *sources = KG_ARRAY(reading->arena, size_t, crosswalk->nnew + 1);

	if (!sources)
		return kg_error_memory(reading->error);
	for (size_t k = 0; k < crosswalk->table->nrow; k++)
		sources[crosswalk->link[k].to]++;
	for (size_t e = 0; event && event->type == KG_TEXT && e < crosswalk->nextent; e++) {
		const struct kg_link *link = &crosswalk->link[crosswalk->extent[e].first];
		bool split = crosswalk->extent[e].count > 1, merged = sources[link->to] > 1 && !crosswalk->dated;

		if ((split || merged) && strcmp(kg_column_text(event, link->row), "rename") == 0)
			return refuse(reading, link->row, event->name,
				      "'%s' is renamed, but shares a unit with others; a rename is one to one",
				      name_old(reading, link->from));
	}
	return KG_OK;
}

static enum kg_status find_columns(struct reading *reading, const struct kg_crosswalk_columns *columns)
{
	const struct kg_table *table = reading->crosswalk->table;
	const char *share = columns->share || !kg_table_find(table, "share") ? columns->share : "share";

	KG_TRY(kg_table_column(table, columns->from, &reading->from, reading->error));
	KG_TRY(kg_table_column(table, columns->to, &reading->to, reading->error));
	reading->crosswalk->to_name = reading->to->name;
	reading->crosswalk->share_name = share;
	return share ? kg_table_number(table, share, &reading->share, reading->error) : KG_OK;
}

enum kg_status kg_crosswalk_make(const struct kg_table *table, const struct kg_crosswalk_columns *columns,
				 struct kg_arena *arena, struct kg_crosswalk *crosswalk, struct kg_error *error)
{
	struct reading reading = { .crosswalk = crosswalk, .arena = arena, .error = error };
	size_t room = table->nrow + 1;

	*crosswalk = (struct kg_crosswalk){ .table = table,
					    .old_names = kg_name_set_new(arena),
					    .new_names = kg_name_set_new(arena),
					    .extent = KG_ARRAY(arena, struct kg_extent, room),
					    .start = KG_ARRAY(arena, size_t, room),
					    .link = KG_ARRAY(arena, struct kg_link, room),
					    .share = KG_ARRAY(arena, double, room),
					    .fault = KG_ARRAY(arena, struct kg_fault, room),
					    .broken = KG_ARRAY(arena, bool, room) };
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	KG_TRY(find_columns(&reading, columns));
	KG_TRY(read_links(&reading));
	qsort(crosswalk->link, table->nrow, sizeof *crosswalk->link, compare_links);
	for (size_t at = 0; at < table->nrow; at++)
		add_link(&reading, at);
	for (size_t e = 0; e < crosswalk->nextent; e++) {
		find_twice(&reading, &crosswalk->extent[e]);
		settle_shares(&reading, &crosswalk->extent[e]);
	}
	find_broken(crosswalk);
	return check_renames(&reading);
}

size_t kg_crosswalk_find(const struct kg_crosswalk *crosswalk, size_t unit, long day)
{
	if (crosswalk->fault[unit].kind != KG_FAULT_NONE)
		return SIZE_MAX;
	for (size_t e = crosswalk->start[unit]; e < crosswalk->start[unit + 1]; e++) {
		const struct kg_link *link = &crosswalk->link[crosswalk->extent[e].first];

		if (day == KG_ANY_DAY || (link->first_day <= day && day <= link->last_day))
			return e;
	}
	return SIZE_MAX;
}
