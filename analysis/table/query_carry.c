#include "table/query_carry.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"

/* One item of SELECT: its expression, and what it is called (empty = after the expression). */
struct item {
	struct kg_span text, name;
	bool star;
};

struct parts {
	struct item *item;
	size_t nitem, nstar, room;
	struct kg_span head, tail; /* up to the items; from FROM on */
	bool distinct, grouped;
};

static bool has_name(const struct kg_table *table, const char *name, const char *end)
{
	size_t length = strlen(name);

	for (size_t j = 0; j < table->ncol; j++)
		if (strncasecmp(table->column[j].name, name, length) == 0 &&
		    strcasecmp(table->column[j].name + length, end) == 0)
			return true;
	return false;
}

enum kg_status kg_carry_names(const struct kg_table *const *table, size_t count, struct kg_arena *arena,
			      struct kg_names *bounded, struct kg_error *error)
{
	size_t room = 0;
	const char **name;

	for (size_t t = 0; t < count; t++)
		room += table[t]->ncol;
	name = KG_ARRAY(arena, const char *, room + 1);
	if (!name)
		return kg_error_memory(error);
	*bounded = (struct kg_names){ name, 0 };
	for (size_t t = 0; t < count; t++)
		for (size_t j = 0; j < table[t]->ncol; j++)
			if (table[t]->column[j].low && !has_name(table[t], table[t]->column[j].name, "_low"))
				name[bounded->count++] = table[t]->column[j].name;
	return KG_OK;
}

static bool add_item(struct parts *parts, const struct item *item, struct kg_arena *arena)
{
	if (parts->nitem == parts->room) {
		size_t room = parts->room ? 2 * parts->room : 16;
		struct item *larger =
		    kg_arena_grow(arena, parts->item, parts->nitem * sizeof *larger, room * sizeof *larger);

		if (!larger)
			return false;
		parts->item = larger;
		parts->room = room;
	}
	parts->item[parts->nitem++] = *item;
	parts->nstar += item->star;
	return true;
}

/* What the scan has seen of the current item. */
struct scan {
	const char *at, *end, *start;
	struct kg_token token, last, before; /* the current one, those before it within the item */
	const char *as, *close;		     /* where AS starts; behind the last token */
	int depth;
};

static bool next(struct scan *scan)
{
	scan->token = kg_token_next(&scan->at, scan->end);
	scan->depth += kg_token_sign(&scan->token, '(') - kg_token_sign(&scan->token, ')');
	return scan->token.kind != KG_TOKEN_END;
}

static void start_item(struct scan *scan)
{
	scan->start = scan->close = scan->at;
	scan->as = NULL;
	scan->last = scan->before = (struct kg_token){ 0 };
}

static struct item end_item(const struct scan *scan)
{
	struct item item = { .text = { scan->start, scan->close } };
	const char *name = scan->last.kind == KG_TOKEN_NAME ? scan->last.start - scan->last.quoted : NULL;
	bool bare = name && !kg_token_is(&scan->last, "end") && !scan->as &&
		    (scan->before.kind == KG_TOKEN_NAME || scan->before.kind == KG_TOKEN_NUMBER ||
		     scan->before.kind == KG_TOKEN_TEXT || kg_token_sign(&scan->before, ')'));

	item.star = kg_token_sign(&scan->last, '*');
	if (name && (scan->as || bare)) {
		item.name = (struct kg_span){ scan->last.start, scan->last.start + scan->last.length };
		item.text.end = scan->as ? scan->as : name;
	}
	return item;
}

static void note_token(struct scan *scan)
{
	if (scan->depth == 0 && kg_token_is(&scan->token, "as"))
		scan->as = scan->token.start;
	scan->before = scan->last;
	scan->last = scan->token;
	scan->close = scan->at;
}

/* Takes SELECT and its items. False: not a query of that shape, or memory is out. */
static bool split_items(struct scan *scan, struct parts *parts, struct kg_arena *arena)
{
	struct item item;

	if (!next(scan) || !kg_token_is(&scan->token, "select"))
		return false;
	start_item(scan);
	while (next(scan)) {
		if (scan->start == scan->close &&
		    (kg_token_is(&scan->token, "distinct") || kg_token_is(&scan->token, "all"))) {
			parts->distinct |= kg_token_is(&scan->token, "distinct");
			start_item(scan);
			continue;
		}
		if (!parts->head.end)
			parts->head.end = scan->start;
		if (scan->depth == 0 && (kg_token_is(&scan->token, "from") || kg_token_sign(&scan->token, ';')))
			break;
		if (scan->depth || !kg_token_sign(&scan->token, ',')) {
			note_token(scan);
			continue;
		}
		item = end_item(scan);
		if (!add_item(parts, &item, arena))
			return false;
		start_item(scan);
	}
	parts->tail = (struct kg_span){ scan->token.start, scan->end };
	item = end_item(scan);
	return add_item(parts, &item, arena);
}

/* Looks through the rest: `*sorted` is where ORDER BY starts. False: several queries are put together. */
static bool read_tail(struct scan *scan, struct parts *parts, const char **sorted)
{
	static const char *const joined[] = { "union", "intersect", "except" };

	*sorted = scan->end;
	while (next(scan)) {
		for (size_t i = 0; scan->depth == 0 && i < sizeof joined / sizeof joined[0]; i++)
			if (kg_token_is(&scan->token, joined[i]))
				return false;
		if (scan->depth)
			continue;
		parts->grouped |= kg_token_is(&scan->token, "group");
		if (kg_token_is(&scan->token, "order"))
			*sorted = scan->token.start;
	}
	return true;
}

static void add_lost(struct kg_carry *carry, enum kg_lost where, const char *name, const char *column)
{
	carry->lost[carry->nlost++] = (struct kg_lost_bound){ where, name, column };
}

static const char *name_item(const struct item *item, struct kg_arena *arena)
{
	const struct kg_span *from = item->name.start ? &item->name : &item->text;
	const char *start = from->start;

	start += strspn(start, " \t\r\n");
	return kg_arena_text_n(arena, start, start < from->end ? (size_t)(from->end - start) : 0);
}

struct planner {
	const struct kg_names *bounded;
	struct kg_arena *arena;
	struct parts parts;
	struct kg_buffer ends;
	size_t *item;
	struct kg_carry *carry;
};

static void add_ends(struct planner *planner, size_t item, const struct kg_range_sql *range)
{
	kg_buffer_printf(&planner->ends, ",\n%s,\n%s", range->low, range->high);
	planner->item[planner->carry->ncarried++] = item;
}

static void plan_items(struct planner *planner)
{
	struct parts *parts = &planner->parts;
	struct kg_range_sql *range = KG_ARRAY(planner->arena, struct kg_range_sql, parts->nitem);
	enum kg_carried *carried = KG_ARRAY(planner->arena, enum kg_carried, parts->nitem);

	for (size_t i = 0; range && carried && i < parts->nitem; i++) {
		carried[i] = parts->item[i].star ? KG_CARRIED_NOT_NEEDED
						 : kg_range_expression(parts->item[i].text, planner->bounded,
								       planner->arena, &range[i]);
		parts->grouped |= range[i].aggregates;
	}
	for (size_t i = 0; range && carried && i < parts->nitem; i++) {
		bool folded = parts->grouped && range[i].bare;

		if (folded && range[i].plain)
			continue;
		if (carried[i] == KG_CARRIED && !folded)
			add_ends(planner, i, &range[i]);
		else if (carried[i] != KG_CARRIED_NOT_NEEDED)
			add_lost(planner->carry, KG_LOST_QUERY, name_item(&parts->item[i], planner->arena),
				 range[i].column);
	}
}

static enum kg_status plan_query(struct planner *planner, const char *sql, struct kg_error *error)
{
	struct kg_carry *carry = planner->carry;
	struct parts *parts = &planner->parts;
	struct kg_buffer whole = kg_buffer_new(planner->arena);

	planner->item = KG_ARRAY(planner->arena, size_t, parts->nitem + 1);
	carry->lost = KG_ARRAY(planner->arena, struct kg_lost_bound, parts->nitem + 1);
	if (!planner->item || !carry->lost)
		return kg_error_memory(error);
	carry->nitem = carry->star = parts->nitem;
	for (size_t i = 0; i < parts->nitem; i++)
		if (parts->item[i].star)
			carry->star = i;
	if (parts->nstar <= 1)
		plan_items(planner);
	carry->item = planner->item;
	kg_buffer_add_n(&whole, sql, (size_t)(parts->tail.start - sql));
	kg_buffer_add(&whole, planner->ends.text ? planner->ends.text : "");
	kg_buffer_add_char(&whole, '\n');
	kg_buffer_add_n(&whole, parts->tail.start, (size_t)(parts->tail.end - parts->tail.start));
	if (carry->ncarried)
		carry->sql = whole.text;
	return whole.failed || kg_arena_failed(planner->arena) ? kg_error_memory(error) : KG_OK;
}

enum kg_status kg_carry_query(const char *sql, const struct kg_names *bounded, struct kg_arena *arena,
			      struct kg_carry *carry, struct kg_error *error)
{
	struct planner planner = { .bounded = bounded, .arena = arena, .ends = kg_buffer_new(arena), .carry = carry };
	struct kg_span all = { sql, sql + strlen(sql) };
	struct scan scan = { .at = all.start, .end = all.end };
	const char *sorted, *named;
	bool known;

	*carry = (struct kg_carry){ .sql = sql };
	if (!bounded->count)
		return KG_OK;
	known = split_items(&scan, &planner.parts, arena) && read_tail(&scan, &planner.parts, &sorted);
	if (known)
		KG_TRY(plan_query(&planner, sql, error));
	else
		carry->lost = KG_ARRAY(arena, struct kg_lost_bound, 1);
	if (kg_arena_failed(arena))
		return kg_error_memory(error);
	named = kg_range_names(known ? (struct kg_span){ planner.parts.tail.start, sorted } : all, bounded);
	if (named)
		add_lost(carry, KG_LOST_CONDITION, NULL, named);
	return KG_OK;
}

size_t kg_carry_position(const struct kg_carry *carry, size_t item, size_t ncol)
{
	return item <= carry->star ? item : ncol - (carry->nitem - item);
}

enum kg_status kg_carry_ends(const struct kg_column *low, const struct kg_column *high, size_t nrow,
			     struct kg_arena *arena, struct kg_column *column, struct kg_error *error)
{
	double *least = KG_ARRAY(arena, double, nrow + 1), *most = KG_ARRAY(arena, double, nrow + 1);

	if (!least || !most)
		return kg_error_memory(error);
	for (size_t i = 0; i < nrow; i++) {
		double value = column->real[i];

		least[i] = kg_column_missing(low, i) ? -INFINITY : fmin(low->real[i], value);
		most[i] = kg_column_missing(high, i) ? INFINITY : fmax(high->real[i], value);
		if (kg_column_missing(column, i))
			least[i] = most[i] = 0;
	}
	column->low = least;
	column->high = most;
	return KG_OK;
}
