/* csv_fold_rows: the rows of one chunk, keyed and typed, ready to be added to groups.
 * Ownership: the tables are the struct's own and are used again for the next chunk: kg_fold_rows_free. */
#ifndef KG_TABLE_CSV_FOLD_ROWS_H
#define KG_TABLE_CSV_FOLD_ROWS_H

#include "table/csv_block.h"
#include "table/csv_plan.h"

/* A key is the texts of the key cells, each with a NUL after it, filled up with NULs to whole 64-bit words: it is
 * hashed and compared by words. */
struct kg_fold_row {
	uint64_t hash;
	uint32_t key, words; /* where among the chunk's key words, and how many */
	uint32_t row;	     /* in the chunk */
};

struct kg_fold_rows {
	struct kg_fold_row *row, *unsorted; /* by part, within a part in file order */
	size_t *start;			    /* rows of part p: row[start[p]] .. row[start[p + 1] - 1] */
	uint64_t *key;
	struct kg_block *value; /* one for each value column */
	size_t (*absent)[KG_MISSING_KINDS]; /* of each value column: cells of each kind */
	size_t room, key_room, nvalue;
};

/* KG_ENOMEM. */
enum kg_status kg_fold_rows_start(struct kg_fold_rows *rows, size_t nvalue, size_t nparts,
				  struct kg_error *error) KG_CHECKED;

/* Keys and types the chunk's rows. Refusals, and lack of memory, go to chunk->error. */
void kg_fold_rows_read(struct kg_fold_rows *rows, struct kg_chunk *chunk, const struct kg_csv_plan *plan,
		       size_t nparts);

/* Hash of a key. */
uint64_t kg_fold_hash(const uint64_t *word, size_t count);

void kg_fold_rows_free(struct kg_fold_rows *rows);

#endif
