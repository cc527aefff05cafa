/* unit: "attendances per 1000 persons per year" in the reader's language. */
#ifndef KG_REPORT_UNIT_H
#define KG_REPORT_UNIT_H

#include "base/message.h"
#include "table/table.h"

/* The unit with its phrases translated and its numbers grouped: those that the schema of the data names (`from`, NULL =
 * none), and those of units.def; other words of the data stay. The unit itself in English or when memory is out. */
const char *kg_unit_words(const char *unit, const struct kg_provenance *from, enum kg_language language,
			  struct kg_arena *arena);

#endif
