/* unit: "attendances per 1000 persons per year" in the reader's language. */
#ifndef KG_REPORT_UNIT_H
#define KG_REPORT_UNIT_H

#include "base/message.h"

/* The unit with the phrases of units.def translated and its numbers grouped; words of the data stay. The unit itself in
 * English or when memory is out. */
const char *kg_unit_words(const char *unit, enum kg_language language, struct kg_arena *arena);

#endif
