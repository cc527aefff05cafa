#include <string.h>

#include "spatial.h"
#include "table/builder.h"

enum kg_status kg_spatial_picture(const struct kg_spatial_run *run, const struct kg_table *table,
				  struct kg_picture *picture, struct kg_arena *arena, struct kg_error *error)
{
	(void)run;
	(void)table;
	(void)picture;
	(void)arena;
	(void)error;
	return KG_OK;
}
