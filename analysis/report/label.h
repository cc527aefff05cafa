/* label: what documents call the columns of a result, in the reader's language. */
#ifndef KG_REPORT_LABEL_H
#define KG_REPORT_LABEL_H

#include "base/message.h"

/* The heading of a column that keng itself names; NULL for any other column. */
const char *kg_label_find(const char *column, enum kg_language language);

#endif
