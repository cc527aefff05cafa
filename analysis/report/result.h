/* result: what a program returns: one tidy table, what must be said about it, and how it is drawn by itself. */
#ifndef KG_REPORT_RESULT_H
#define KG_REPORT_RESULT_H

#include "base/message.h"
#include "base/text.h"
#include "report/facts.h"
#include "report/picture.h"
#include "table/table.h"

struct kg_result {
	const struct kg_table *table;
	struct kg_message title;	 /* "Growth of population by district_code"; NULL = none */
	const struct kg_message *remark; /* sentences: rows dropped, seed and replicates, policy used */
	size_t nremark;
	struct kg_picture picture;    /* default chart; kind NULL = none */
	const struct kg_facts *facts; /* NULL = not gathered */
	size_t rows_read, rows_used;  /* of the inputs; used: after --sql, --where and folding */
	bool problems;		      /* rows are problems (validate): exit 1 */
};

/* An empty result in the arena; NULL when memory is out. */
struct kg_result *kg_result_new(const struct kg_table *table, struct kg_arena *arena);

/* Adds a clause to the title; nothing when memory is out, which the arena remembers. `format` as in
 * base/message.h: one literal that is translated, whose arguments are names and numbers, never words. */
void kg_result_title(struct kg_result *result, struct kg_arena *arena, const char *format, ...) KG_PRINTF(3, 4);

/* Adds the clause " by a, b"; nothing without groups. */
void kg_result_title_by(struct kg_result *result, struct kg_arena *arena, const struct kg_names *by);

/* Adds a remark, a whole sentence; `format` as above. */
void kg_result_say(struct kg_result *result, struct kg_arena *arena, struct kg_message remark);
void kg_result_remark(struct kg_result *result, struct kg_arena *arena, const char *format, ...) KG_PRINTF(3, 4);

#endif
