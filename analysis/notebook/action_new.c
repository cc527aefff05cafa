#include <unistd.h>

#include "base/file.h"
#include "notebook/action.h"

static const char starter[] =
    "---\n"
    "title: A title that says the finding\n"
    "keng: 1\n"
    "lang: en\n"
    "# Values that commands use as {{name}}; 'keng notebook run --param from=2015' changes one.\n"
    "params: {from: \"2010\"}\n"
    "# Names that stand for files; nothing else is read.\n"
    "data: {population: population.csv}\n"
    "---\n"
    "\n"
    "Write prose as usual. Commands stand in blocks such as the next one; 'keng notebook run' puts what they give "
    "below "
    "them.\n"
    "\n"
    "```keng #growth\n"
    "growth population --time year --value population --where \"year >= {{from}}\"\n"
    "plot line population --x year --y population --where \"year >= {{from}}\"\n"
    "```\n"
    "\n"
    "Numbers in the text are never typed: population grew by <!-- keng:= growth[term=cagr].estimate %.2f -->?<!-- "
    "keng:. --> % a\n"
    "year, see [](#growth). 'keng notebook check' tells what no longer fits the data.\n"
    "\n"
    "```keng-claim #there-is-a-result\n"
    "A sentence that must stay true when the data changes: population grows.\n"
    "growth[term=cagr].estimate > 0\n"
    "```\n";

static enum kg_status write_new(const struct kg_action_options *options, const struct kg_names *file,
				struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	(void)options, (void)arena;
	for (size_t i = 0; i < file->count; i++) {
		if (access(file->name[i], F_OK) == 0)
			return kg_error_set(error, KG_EUSAGE, "'%s' is there already; choose another name",
					    file->name[i]);
		KG_TRY(kg_file_write(file->name[i], starter, sizeof starter - 1, error));
		kg_buffer_printf(report, "%s\n", file->name[i]);
	}
	return KG_OK;
}

const struct kg_action kg_action_new = { "new", "FILE.md", "writes a commented notebook to start from",
					 NULL,	0,	   write_new };
