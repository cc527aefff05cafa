/* query_range: an SQL expression over figures that are bounds, and the two expressions of its least and greatest value.
 *
 * Sharp where the expression is a quotient of two sums that are linear in each figure (so that it rises or falls in
 * each while the others stand still, and its extremes are at the corners of their box), or a rising function of such a
 * one:
 * + - * /, rising functions and aggregates, CASE with conditions on exact figures, inner queries. */
#ifndef KG_TABLE_QUERY_RANGE_H
#define KG_TABLE_QUERY_RANGE_H

#include "base/arena.h"
#include "base/text.h"
#include "table/query_token.h"

/* Text of SQL from `start` up to `end`. */
struct kg_span {
	const char *start, *end;
};

enum kg_carried {
	KG_CARRIED_NOT_NEEDED, /* no figure in it has bounds */
	KG_CARRIED,
	KG_CARRIED_LOST /* the bounds of `column` cannot be carried through */
};

struct kg_range_sql {
	const char *low, *high; /* KG_CARRIED */
	const char *column;	/* KG_CARRIED_LOST */
	bool aggregates;	/* folds rows */
	bool bare;		/* has a bounded figure outside of functions that fold rows */
	bool plain;		/* is a bounded column and nothing else */
};

/* `bounded`: names of figures whose ends are in the columns n_low and n_high. Memory that runs out leaves
 * kg_arena_failed(arena). Corners are put together by the functions of query_corner. */
enum kg_carried kg_range_expression(struct kg_span text, const struct kg_names *bounded, struct kg_arena *arena,
				    struct kg_range_sql *range);

/* The first bounded figure that a text names (after AS stands a new name), NULL = none. */
const char *kg_range_names(struct kg_span text, const struct kg_names *bounded);

#endif
