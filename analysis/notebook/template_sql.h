/* template_sql: fills slots of an expression of SQL so that what they give stays one text, number or name. */
#ifndef KG_NOTEBOOK_TEMPLATE_SQL_H
#define KG_NOTEBOOK_TEMPLATE_SQL_H

#include "notebook/template.h"

/* What marks a slot in a word that is not filled yet; cannot be in a notebook. */
#define KG_TEMPLATE_MARK '\x01'

/* Appends the expression with its marks filled, `**fill` moving on. In quotes, quotes are doubled; outside, only a
 * number (a negative one gets parentheses) or a name fits. KG_EDATA: anything else. */
enum kg_status kg_template_sql(const char *text, const struct kg_template_fill **fill, struct kg_buffer *out,
			       struct kg_error *error) KG_CHECKED;

#endif
