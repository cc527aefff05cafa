/* csv_block: the typed cells of one wanted column in one chunk.
 * Ownership: the tables are the block's own and are used again for the next chunk: kg_block_free. */
#ifndef KG_TABLE_CSV_BLOCK_H
#define KG_TABLE_CSV_BLOCK_H

#include "table/csv_cell.h"
#include "table/csv_chunk.h"
#include "table/csv_level.h"

/* Rows are counted from the chunk's start. A row number of SIZE_MAX stands for "none". */
struct kg_block {
	bool text;
	double *real;		  /* numbers, dates, booleans */
	uint32_t *code;		  /* texts */
	uint8_t *missing, *bound; /* a byte for each cell, its kind and bound; looked at only when the flags below say so */
	bool any_missing, any_bound, any_value;
	bool any_kind;		 /* some missing cell is not just empty */
	bool whole;		 /* all numbers are integers */
	size_t odd, large;	 /* first cell that is no number, or too large for one */
	struct kg_levels levels; /* texts are borrowed from the chunk */
	size_t room;
};

/* Reads the cells of wanted column `place`. A guessed column becomes text at its first cell that is no number.
 * `qualifier`: wanted column that says which values are bounds, UINT32_MAX = none. What does not fit is refused in
 * chunk->error, unless an earlier row was refused already. KG_ENOMEM ends up there, too. */
void kg_block_read(struct kg_block *block, struct kg_chunk *chunk, size_t place, uint32_t qualifier,
		   const struct kg_cell_rule *rule, const char *const *name);

void kg_block_free(struct kg_block *block);

/* A cell that does not fit its column. */
struct kg_misfit {
	size_t line;
	const char *column;
	enum kg_cell_kind kind;
	enum kg_type type;
	const char *text;
	size_t length;
};

/* Says so in `error`; KG_EDATA. */
enum kg_status kg_block_refuse(const struct kg_misfit *misfit, struct kg_error *error);

#endif
