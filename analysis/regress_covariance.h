/* regress_covariance: --covariance and --cluster, the same in every program that fits models. */
#ifndef KG_REGRESS_COVARIANCE_H
#define KG_REGRESS_COVARIANCE_H

#include "program.h"
#include "stats/stat.h"

/* Words of --covariance, in the order of enum kg_covariance; NULL-terminated. */
extern const char *const kg_covariance_choice[];

/* The two rows of a program's options; the fields are of type const char *. */
#define KG_COVARIANCE_OPTIONS(covariance_field, cluster_field, help_text)                                              \
	{ .name = "covariance",                                                                                        \
	  .argument = "KIND",                                                                                          \
	  .fallback = "classical",                                                                                     \
	  .kind = KG_OPTION_CHOICE,                                                                                    \
	  .choice = kg_covariance_choice,                                                                              \
	  .help = (help_text),                                                                                         \
	  .field = (covariance_field) },                                                                               \
	{                                                                                                              \
		.name = "cluster", .argument = "COL", .kind = KG_OPTION_COLUMN, .role = KG_ROLE_KEY,                   \
		.help = "rows with the same value belong together; implies --covariance cluster",                      \
		.field = (cluster_field)                                                                               \
	}

struct kg_covariance_asked {
	enum kg_covariance kind;
	const struct kg_column *cluster; /* NULL = none */
	const uint32_t *number;		 /* cluster of each row of the table */
};

/* KG_EUSAGE: `cluster` without a column, a column with another kind, no such column. */
enum kg_status kg_covariance_open(const char *covariance, const char *cluster, const struct kg_table *table,
				  struct kg_arena *arena, struct kg_covariance_asked *asked,
				  struct kg_error *error) KG_CHECKED;

/* Says by which rule standard errors were made; nothing for the classical ones. */
void kg_covariance_remark(const struct kg_covariance_asked *asked, struct kg_result *result, struct kg_arena *arena);

#endif
