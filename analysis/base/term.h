/* term: one estimated quantity, with its uncertainty and, where there is none, the reason. The row of every result. */
#ifndef KG_BASE_TERM_H
#define KG_BASE_TERM_H

#include <math.h>
#include <stddef.h>

/* Why a value cannot be estimated, or a warning about it. Texts (ids shown in the column `note`) in why.def. */
enum kg_why {
#define KG_WHY(name, id, meaning) KG_WHY_##name,
#include "base/why.def"
#undef KG_WHY
	KG_WHY_COUNT
};

/* Id for the column `note`; "" for KG_WHY_NONE. */
const char *kg_why_id(enum kg_why why);

/* A sentence that explains the id to a reader. */
const char *kg_why_meaning(enum kg_why why);

/* NaN = this method does not define the quantity (an empty cell). Limits are at the confidence level asked for.
 * `bound_low`/`bound_high`: sharp range of the estimate when inputs were bounds, infinite where open; NaN = no bounds.
 */
struct kg_term {
	const char *term, *unit;
	double estimate, std_error, conf_low, conf_high, statistic, df, p_value, bound_low, bound_high;
	double n; /* observations used, NaN = the caller's count */
	enum kg_why why;
};

/* A term with all numbers NaN. */
static inline struct kg_term kg_term_new(const char *term, const char *unit)
{
	return (struct kg_term){ term, unit, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, KG_WHY_NONE };
}

/* A term without an estimate, and why. */
static inline struct kg_term kg_term_none(const char *term, const char *unit, enum kg_why why)
{
	struct kg_term none = kg_term_new(term, unit);

	none.why = why;
	return none;
}

#endif
