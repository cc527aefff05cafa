/* query_error: the SQL engine's messages in keng's words. */
#ifndef KG_TABLE_QUERY_ERROR_H
#define KG_TABLE_QUERY_ERROR_H

#include "table/table.h"

/* Sets KG_EUSAGE for the engine's `message`, with the nearest name when one is unknown. */
enum kg_status kg_query_refuse(const char *message, const struct kg_table *const *table, size_t count,
			       struct kg_error *error);

#endif
