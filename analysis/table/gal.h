/* gal: neighbour lists as GeoDa writes them, read as tables of pairs: GAL (contiguity) with the columns place and
 * neighbour, GWT (distances) with a third column distance. Lives in the arena. */
#ifndef KG_TABLE_GAL_H
#define KG_TABLE_GAL_H

#include "table/source.h"

/* True for files that end in .gal or .gwt. */
bool kg_gal_is(const char *path);

/* KG_EIO: cannot be read; KG_EDATA: not of the format; says line and place. */
enum kg_status kg_gal_read(const struct kg_source *source, struct kg_arena *arena, const struct kg_table **table,
			   struct kg_error *error) KG_CHECKED;

/* The columns without the rows. */
size_t kg_gal_header(const struct kg_source *source, const char *const **name);

#endif
