#include "command/named.h"

#include "command/plot.h"

const char **kg_named_next(const struct kg_command *command, size_t *at, bool *table)
{
	struct kg_option_set set = kg_plot_option_set(command->options);

	if (command->program)
		set = (struct kg_option_set){ command->program->name, command->program->option,
					      command->program->noption, command->options };
	while (*at < set.count) {
		const struct kg_option *option = &set.option[(*at)++];
		/* the name is the first member of struct kg_further */
		const char **spec = (const char **)((char *)set.values + option->field);

		*table = option->kind == KG_OPTION_TABLE;
		if ((*table || option->kind == KG_OPTION_FILE) && *spec)
			return spec;
	}
	return NULL;
}

enum kg_status kg_named_resolve(const struct kg_command *command, const struct kg_session *session,
				struct kg_error *error)
{
	const struct kg_names_space *space = session->space;
	const char **spec;
	size_t at = 0;
	bool is_table;

	while (space && (spec = kg_named_next(command, &at, &is_table))) {
		const struct kg_table *table;
		const char *path;

		if (is_table)
			continue;
		KG_TRY(space->find(space->context, *spec, &table, &path, error));
		if (table)
			return kg_error_set(error, KG_EDATA,
					    "'%s' is the table of a block; a file of data: is needed here", *spec);
		if (!path && space->closed)
			return kg_error_set(error, KG_EUSAGE, "'%s' is not declared under data:", *spec);
		if (path)
			*spec = path;
	}
	return KG_OK;
}
