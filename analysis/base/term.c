#include "base/term.h"

static const char *const why_id[] = {
#define KG_WHY(name, id, meaning) id,
#include "base/why.def"
#undef KG_WHY
};

static const char *const why_meaning[] = {
#define KG_WHY(name, id, meaning) meaning,
#include "base/why.def"
#undef KG_WHY
};

const char *kg_why_id(enum kg_why why)
{
	return (unsigned)why < KG_WHY_COUNT ? why_id[why] : "";
}

const char *kg_why_meaning(enum kg_why why)
{
	return (unsigned)why < KG_WHY_COUNT ? why_meaning[why] : "";
}
