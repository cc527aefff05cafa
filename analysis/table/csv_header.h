/* csv_header: the first record of a CSV file, the names of its columns. */
#ifndef KG_TABLE_CSV_HEADER_H
#define KG_TABLE_CSV_HEADER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

/* Length of the first record with its line end, 0 when `bytes` do not hold all of it. `end`: the file ends there. */
size_t kg_csv_header_length(const char *bytes, size_t length, bool end);

/* Names in a header record of `length` bytes. KG_EDATA: no header, a blank one, a name that is empty, stands twice or
 * is no UTF-8. */
enum kg_status kg_csv_header_read(const char *bytes, size_t length, char delimiter, struct kg_arena *arena,
				  struct kg_names *names, struct kg_error *error) KG_CHECKED;

#endif
