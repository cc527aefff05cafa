#include <string.h>

#include "base/buffer.h"
#include "table/formula_tree.h"

static bool is_plain(const char *name)
{
	unsigned char first = (unsigned char)name[0];

	if ((first >= '0' && first <= '9') || first == '_' || first == '\0')
		return false;
	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;

		if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_')
			return false;
	}
	return true;
}

static void write_node(struct kg_buffer *out, const struct kg_formula *formula, const struct kg_node *node)
{
	const char *spaced;

	switch (node->kind) {
	case KG_NODE_NUMBER:
		kg_buffer_printf(out, "%.15g", node->number);
		return;
	case KG_NODE_COLUMN:
		kg_buffer_printf(out, is_plain(formula->column[node->column]) ? "%s" : "`%s`",
				 formula->column[node->column]);
		return;
	case KG_NODE_CALL:
	case KG_NODE_BRACKET:
		kg_buffer_printf(out, "%s(", node->kind == KG_NODE_CALL ? node->function->name : "");
		write_node(out, formula, node->left);
		kg_buffer_add_char(out, ')');
		return;
	case KG_NODE_NEGATE:
		kg_buffer_add_char(out, '-');
		write_node(out, formula, node->left);
		return;
	case KG_NODE_BINARY:
		break;
	}
	write_node(out, formula, node->left);
	spaced = strchr("+-*", node->operator) ? " " : "";
	kg_buffer_printf(out, "%s%c%s", spaced, node->operator, spaced);
	write_node(out, formula, node->right);
}

const char *kg_node_name(const struct kg_formula *formula, const struct kg_node *node, struct kg_arena *arena)
{
	struct kg_buffer name = kg_buffer_new(arena);

	write_node(&name, formula, node);
	return name.failed ? NULL : name.text;
}
