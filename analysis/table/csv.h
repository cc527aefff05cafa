/* csv: splits records into fields by libcsv in strict mode (RFC 4180). */
#ifndef KG_TABLE_CSV_H
#define KG_TABLE_CSV_H

#include "table/csv_chunk.h"

/* Splits bytes from..to-1 of the chunk, which begin a record, in place. `end`: the file ends there, so the last record
 * needs no line end. Refusals go to chunk->error. */
void kg_csv_split(struct kg_chunk *chunk, size_t from, size_t to, bool end);

/* Version of libcsv. */
const char *kg_csv_library(void);

#endif
