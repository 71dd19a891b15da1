package org.skep.functions.reflection;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.api.ScalarFunction.Stability;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Declares the functions that call Java. Stateless. */
public final class ReflectionFunctions {
    private ReflectionFunctions() {}

    /** All declarations. */
    public static List<ScalarFunction> all() {
        return List.of(
                ScalarFunction.named("reflect")
                        .alsoNamed("java_method")
                        .boundBy(ReflectionFunctions::bindStatic)
                        .stability(Stability.ROW)
                        .describedAs(
                                "reflect(class,method[,arg1[,arg2..]]) calls method with"
                                        + " reflection")
                        .example("reflect('java.lang.Math', 'max', 2, 3)", "'3'")
                        .example("java_method('java.lang.Integer', 'toHexString', 255)", "'ff'")
                        .example("reflect('java.lang.Integer', 'parseInt', 'x')", "null")
                        .evaluatedByNew(() -> new RowKernel(new StaticCall())),
                ScalarFunction.named("reflect2")
                        .boundBy(ReflectionFunctions::bindMember)
                        .describedAs(
                                "reflect2(arg0,method[,arg1[,arg2..]]) calls method of arg0 with"
                                        + " reflection")
                        .example("reflect2('abc', 'length')", "3")
                        .example("reflect2('abc', 'concat', 'd')", "'abcd'")
                        .example("reflect2(7, 'doubleValue')", "7.0D")
                        .evaluatedByNew(() -> new RowKernel(new MemberCall())));
    }

    private static Binding bindStatic(List<Argument> arguments) {
        Signature.checkCount("reflect", arguments, 2, Integer.MAX_VALUE);
        for (int i = 0; i < 2; i++) {
            requireString("reflect", i, arguments.get(i));
        }
        return new Binding(plainTypes("reflect", arguments), DataType.STRING);
    }

    private static Binding bindMember(List<Argument> arguments) {
        String name = "reflect2";
        Signature.checkCount(name, arguments, 2, Integer.MAX_VALUE);
        Argument method = arguments.get(1);
        requireString(name, 1, method);
        if (!method.isConstant() || method.constant().isNull()) {
            throw Signature.wrongType(name, 1, method.type(), "a constant string");
        }
        String called = (String) method.constant().value();
        if (called.equals("hashCode") && arguments.size() == 2) {
            throw SkepException.ofArgument(
                    ErrorCode.WRONG_ARGUMENT_TYPE, 1, "Method hashCode must give way to hash()");
        }
        List<DataType> types = plainTypes(name, arguments);
        JavaType target = JavaType.of(types.get(0));
        Method found = MemberCall.find(target, called, types);
        DataType returned =
                JavaType.returned(found.getReturnType())
                        .orElseThrow(
                                () ->
                                        new SkepException(
                                                ErrorCode.WRONG_ARGUMENTS,
                                                "Method %s must return a plain value: %s"
                                                        .formatted(
                                                                called,
                                                                found.getReturnType()
                                                                        .getTypeName())));
        return new Binding(types, returned);
    }

    private static void requireString(String name, int index, Argument argument) {
        if (argument.type().kind() != TypeKind.STRING) {
            throw Signature.wrongType(name, index, argument.type(), "a string");
        }
    }

    private static List<DataType> plainTypes(String name, List<Argument> arguments) {
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            DataType type = arguments.get(i).type();
            if (type.kind().isNested()) {
                throw Signature.wrongType(name, i, type, "a plain value");
            }
            types.add(type);
        }
        return types;
    }
}
