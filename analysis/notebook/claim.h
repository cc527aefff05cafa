/* claim: a `keng-claim` block binds a sentence to conditions on values of blocks above, such as
 * `shares[term=density].conf_low > 0` or `ranks[rank=1].place == "Đà Bắc"`, one a line, all of which must hold. Lines
 * that are no condition are the sentence. */
#ifndef KG_NOTEBOOK_CLAIM_H
#define KG_NOTEBOOK_CLAIM_H

#include "notebook/engine.h"
#include "notebook/value.h"

struct kg_claim {
	const char *sign; /* < <= > >= == !=; NULL = the line is no condition */
	struct kg_value left, right;
	double number;	  /* right-hand side where it is no address */
	const char *text; /* the same in double quotes; NULL = a number */
	bool right_is_value;
};

/* Reads one line. KG_EDATA: a condition whose sides are not understood, a line that looks like a condition and is none. */
enum kg_status kg_claim_parse(const char *line, struct kg_arena *arena, struct kg_claim *claim,
			      struct kg_error *error) KG_CHECKED;

/* Tests the conditions of a claim whose blocks have run; fills content and `fails`. Errors name the line. */
enum kg_status kg_claim_run(const struct kg_engine *engine, size_t block, struct kg_outcome *outcome,
			    struct kg_error *error) KG_CHECKED;

#endif
