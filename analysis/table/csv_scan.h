/* csv_scan: looks at many bytes at once. Splits text without quotes; what has quotes is left to libcsv. */
#ifndef KG_TABLE_CSV_SCAN_H
#define KG_TABLE_CSV_SCAN_H

#include "table/csv_chunk.h"

/* What a stretch of text holds. */
struct kg_survey {
	bool quotes, lone_carriage, high, nul;
};

struct kg_survey kg_scan_survey(const char *bytes, size_t length);

/* Number of quote characters. */
size_t kg_scan_quotes(const char *bytes, size_t length);

/* Offset of the first NUL or of the first byte that is no valid UTF-8; `length` when there is none. */
size_t kg_scan_invalid(const char *bytes, size_t length);

/* Where the last record that ends within bytes from..to-1 ends; `from`, where a record begins, when none does.
 * `quoted`: position `to` is inside quotes. */
size_t kg_scan_last_end(const char *bytes, size_t from, size_t to, bool quoted);

/* Splits bytes from..to-1 of the chunk, which begin a record and hold neither quotes nor lone carriage returns, into
 * the same fields as libcsv does. It exists because libcsv looks at each byte by itself and copies it, which takes
 * several times as long. `end`: the file ends there. */
void kg_scan_split(struct kg_chunk *chunk, size_t from, size_t to, bool end);

#endif
