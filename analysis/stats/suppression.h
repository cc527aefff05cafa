/* suppression: which cells of a table of counts are hidden so that no small count can be read or worked out. */
#ifndef KG_STATS_SUPPRESSION_H
#define KG_STATS_SUPPRESSION_H

#include <stdint.h>

#include "stats/stat.h"

/* Cells of a table by one or more keys. line[j][i]: number (below nline[j]) of the line along key j that cell i lies
 * on, that is of the cells whose other keys are the same; no line is empty. Sums of lines are taken as known to
 * everybody. */
struct kg_cells {
	size_t count, nkey;
	const double *value; /* counts; NaN or negative = not known, never hidden */
	const uint32_t *const *line;
	const size_t *nline;
};

enum kg_hidden { KG_SHOWN, KG_HIDDEN_PRIMARY, KG_HIDDEN_SECONDARY };

struct kg_suppression {
	uint8_t *hidden; /* enum kg_hidden of each cell */
	bool *exposed;	 /* a small count that its totals give away whatever else is hidden */
	size_t nprimary, nsecondary, nexposed;
};

/* Keys along which some line has more than one cell; more than two cannot be protected. A line of a single cell is the
 * cell itself and taken as hidden with it. */
size_t kg_suppression_crossing(const struct kg_cells *cells);

/* Hides all counts below `least` (primary) and, at least loss, others (secondary), so that somebody who knows all line
 * sums, that primary cells are whole numbers from 0 to least - 1 and secondary ones at least `least` finds more than
 * one value possible for every hidden cell that is not `exposed`. Complementary suppression by cheapest cycles: Cox
 * 1995, JASA 90:1453-1462. False when memory is out. */
bool kg_suppress(const struct kg_cells *cells, double least, struct kg_arena *arena, struct kg_suppression *found);

#endif
