/* disclosure_cells: which cell of the table of counts a row of a result belongs to. */
#ifndef KG_COMMAND_DISCLOSURE_CELLS_H
#define KG_COMMAND_DISCLOSURE_CELLS_H

#include "table/group.h"

#define KG_DISCLOSURE_NO_CELL SIZE_MAX

struct kg_disclosure_key;

/* The cells of a table by its keys: `group`, which the caller makes. The rest is the search's own. */
struct kg_disclosure_cells {
	const struct kg_table *table;
	struct kg_names key;
	struct kg_groups group;
	struct kg_arena *arena;
	struct kg_disclosure_key *keyed; /* by the texts of their keys, sorted; NULL: not needed yet */
	size_t previous;		 /* what was found last */
};

/* The cell that a row of a result belongs to by its keys, with `last` instead of its last key where given;
 * KG_DISCLOSURE_NO_CELL: it has none, or memory is out (the arena then counts as failed). Quickest where rows come in
 * the order of the cells. */
size_t kg_disclosure_cell(struct kg_disclosure_cells *cells, const struct kg_table *table, size_t row,
			  const char *last);

#endif
