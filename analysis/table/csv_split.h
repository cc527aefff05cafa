/* csv_split: cuts text into chunks of whole records, and chunks into fields. */
#ifndef KG_TABLE_CSV_SPLIT_H
#define KG_TABLE_CSV_SPLIT_H

#include "table/csv_chunk.h"

/* Cuts bytes, which begin a record, at the record ends nearest to each multiple of `size`; the last of `nchunk` pieces
 * stretches to the end, or with !end to the last record end. A line end counts when the number of quotes before it is
 * even; they are counted in parallel. Pieces may be empty. `cut` gets nchunk + 1 offsets. */
enum kg_status kg_split_cut(const char *bytes, size_t length, size_t size, size_t threads, bool end, size_t *cut,
			    struct kg_error *error) KG_CHECKED;

/* Splits the chunk's records into fields. Refusals go to chunk->error. */
void kg_split_fields(struct kg_chunk *chunk);

#endif
