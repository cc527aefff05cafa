/* csv_split: cuts text into chunks of whole records, and chunks into fields. */
#ifndef KG_TABLE_CSV_SPLIT_H
#define KG_TABLE_CSV_SPLIT_H

#include "table/csv_chunk.h"

/* Text that begins a record, to be cut into pieces of about `size` bytes. `end`: the file ends with it. */
struct kg_cutting {
	const char *bytes;
	size_t length, size, threads;
	bool end;
};

/* Number of pieces. */
size_t kg_split_pieces(const struct kg_cutting *cutting);

/* Cuts at the record ends nearest to each multiple of `size`; the last piece stretches to the end, or with !end to the
 * last record end. A line end counts when the number of quotes before it is even; they are counted in parallel. Pieces
 * may be empty. `cut` gets one offset more than there are pieces. */
enum kg_status kg_split_cut(const struct kg_cutting *cutting, size_t *cut, struct kg_error *error) KG_CHECKED;

/* Splits the chunk's records into fields. Refusals go to chunk->error. */
void kg_split_fields(struct kg_chunk *chunk);

#endif
