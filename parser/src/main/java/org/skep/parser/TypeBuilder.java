package org.skep.parser;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.skep.grammar.HiveParser;
import org.skep.grammar.HiveParserBaseVisitor;
import org.skep.parser.ast.SourceSpan;
import org.skep.parser.ast.StructField;
import org.skep.parser.ast.TypeName;

/** Builds type names. Confined to one thread. */
final class TypeBuilder extends HiveParserBaseVisitor<TypeName> {
    // Hive's own word for each of the words that mean the same.
    private static final Map<String, String> SYNONYMS =
            Map.of("integer", "int", "dec", "decimal", "numeric", "decimal", "real", "float");

    private final SourceText source;

    TypeBuilder(SourceText source) {
        this.source = source;
    }

    TypeName type(HiveParser.TypeContext context) {
        return context.accept(this);
    }

    private TypeName simple(ParserRuleContext context, String name) {
        return new TypeName.Simple(name, List.of(), source.span(context));
    }

    @Override
    public TypeName visitArrayType(HiveParser.ArrayTypeContext context) {
        return new TypeName.Array(type(context.type()), source.span(context));
    }

    @Override
    public TypeName visitMapType(HiveParser.MapTypeContext context) {
        return new TypeName.MapType(
                context.simple().accept(this), type(context.type()), source.span(context));
    }

    @Override
    public TypeName visitPlainType(HiveParser.PlainTypeContext context) {
        return context.simple().accept(this);
    }

    @Override
    public TypeName visitTextType(HiveParser.TextTypeContext context) {
        return new TypeName.Simple(
                context.KW_CHAR() != null ? "char" : "varchar",
                List.of(parameter(context, context.NUMBER())),
                source.span(context));
    }

    @Override
    public TypeName visitStructType(HiveParser.StructTypeContext context) {
        return new TypeName.Struct(
                context.structField().stream().map(this::field).toList(), source.span(context));
    }

    private StructField field(HiveParser.StructFieldContext context) {
        return new StructField(
                source.identifier(context.identifier()),
                type(context.type()),
                java.util.Optional.ofNullable(source.string(context.stringLiteral())),
                source.span(context));
    }

    @Override
    public TypeName visitUnionType(HiveParser.UnionTypeContext context) {
        return new TypeName.Union(
                context.type().stream().map(this::type).toList(), source.span(context));
    }

    @Override
    public TypeName visitZonedType(HiveParser.ZonedTypeContext context) {
        if (context.KW_LOCAL() == null) {
            throw SourceText.notSupported(context, "TIMESTAMP WITH TIME ZONE");
        }
        return simple(context, "timestamp with local time zone");
    }

    @Override
    public TypeName visitDoubleType(HiveParser.DoubleTypeContext context) {
        return simple(context, "double");
    }

    @Override
    public TypeName visitSimpleType(HiveParser.SimpleTypeContext context) {
        String word = context.primitiveType().getText().toLowerCase(Locale.ROOT);
        String name =
                word.equals("timestamplocaltz")
                        ? "timestamp with local time zone"
                        : SYNONYMS.getOrDefault(word, word);
        List<Integer> parameters =
                context.NUMBER().stream().map(number -> parameter(context, number)).toList();
        if (parameters.size() > (name.equals("decimal") ? 2 : 0)) {
            throw SourceText.error(
                    context, "Type has too many parameters: " + source.textOf(context));
        }
        SourceSpan span = source.span(context);
        return new TypeName.Simple(name, parameters, span);
    }

    private int parameter(ParserRuleContext context, TerminalNode number) {
        try {
            return Integer.parseInt(number.getText());
        } catch (NumberFormatException e) {
            throw SourceText.error(
                    context, "Type parameter must be an integer: " + number.getText());
        }
    }
}
