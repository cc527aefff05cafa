/* source_read: reads the header and the rows of an opened source; private to table/ and its tests. */
#ifndef KG_TABLE_SOURCE_READ_H
#define KG_TABLE_SOURCE_READ_H

#include "table/source.h"

/* The source's name in messages. */
const char *kg_source_label(const struct kg_source *source);

enum kg_status kg_source_read_header(struct kg_source *source, const struct kg_dialect *dialect, struct kg_arena *arena,
				     const char *const **name, size_t *count, struct kg_error *error) KG_CHECKED;

/* `chunk`: bytes that one thread works on at a time, 0 = what is fast. The result does not depend on it. */
enum kg_status kg_source_read_table(struct kg_source *source, const struct kg_read *read, size_t chunk,
				    struct kg_arena *arena, const struct kg_table **table,
				    struct kg_error *error) KG_CHECKED;

#endif
