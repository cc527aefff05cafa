/* csv_store: a column of the table while chunk after chunk is added to it.
 * Ownership: its tables are its own until kg_store_finish gives them to an arena; kg_store_free otherwise. */
#ifndef KG_TABLE_CSV_STORE_H
#define KG_TABLE_CSV_STORE_H

#include "table/csv_block.h"

struct kg_store {
	const char *name;
	const struct kg_cell_rule *rule;
	size_t nrow, room;
	bool text, whole, any_value, any_missing, any_bound;
	double *real;
	uint32_t *code;
	uint8_t *missing; /* bit per cell */
	uint8_t *bound;	  /* byte per cell, once there is a bound */
	uint8_t *kind;	  /* byte per cell, once a missing one is not just empty */
	/* Cells of a guessed column as they were written, each after its length, in case it turns out to be text. */
	unsigned char *written;
	size_t nwritten, written_room;
	size_t odd_line, large_line; /* 0 = none */
	char *odd_text, *large_text;
	struct kg_levels levels; /* in an arena of its own, for columns are filled in parallel */
};

/* KG_ENOMEM. */
enum kg_status kg_store_start(struct kg_store *store, const char *name, const struct kg_cell_rule *rule,
			      struct kg_error *error) KG_CHECKED;

/* Adds the rows of a chunk, whose cells in wanted column `place` were read into `block`. KG_ENOMEM. */
enum kg_status kg_store_add(struct kg_store *store, const struct kg_chunk *chunk, const struct kg_block *block,
			    size_t place, struct kg_error *error) KG_CHECKED;

/* The column; its memory now is the arena's. KG_EDATA: it holds a number that is too large. KG_ENOMEM. */
enum kg_status kg_store_finish(struct kg_store *store, struct kg_arena *arena, struct kg_column *column,
			       struct kg_error *error) KG_CHECKED;

void kg_store_free(struct kg_store *store);

#endif
