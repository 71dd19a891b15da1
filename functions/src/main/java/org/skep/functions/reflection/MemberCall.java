package org.skep.functions.reflection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;
import org.skep.types.DataType;

/**
 * Calls a method of the first argument, as it is in Java; the result keeps its type. Confined to
 * one thread.
 */
final class MemberCall implements RowFunction {
    private Method method;

    /**
     * Finds the method of a call.
     *
     * @throws SkepException WRONG_ARGUMENTS if the class has none that takes the arguments
     */
    static Method find(JavaType target, String name, List<DataType> types) {
        List<JavaType> parameters = types.stream().skip(2).map(JavaType::of).toList();
        return MethodSearch.find(target.boxed(), name, null, parameters)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.WRONG_ARGUMENTS,
                                        "Method not found: %s.%s"
                                                .formatted(target.boxed().getSimpleName(), name)));
    }

    @Override
    public void evaluate(RowCall call) {
        Object target = JavaType.value(call, 0);
        if (target == null) {
            return;
        }
        if (method == null) {
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < call.count(); i++) {
                types.add(call.vector(i).type());
            }
            method = find(JavaType.of(types.get(0)), call.textAt(1), types);
        }
        Object[] values = new Object[call.count() - 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = JavaType.value(call, i + 2);
        }
        try {
            give(call, method.invoke(target, values));
        } catch (InvocationTargetException e) {
            throw failure(e.getCause());
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw failure(e);
        }
    }

    private SkepException failure(Throwable cause) {
        return new SkepException(
                ErrorCode.RUNTIME_ERROR,
                "Cannot call method %s: %s".formatted(method.getName(), cause),
                cause);
    }

    private static void give(RowCall call, Object result) {
        if (result instanceof Boolean value) {
            call.returns(value);
        } else if (result instanceof Float || result instanceof Double) {
            call.returns(((Number) result).doubleValue());
        } else if (result instanceof Number number) {
            call.returns(number.longValue());
        } else if (result instanceof String text) {
            call.returns(text);
        } else if (result instanceof byte[] bytes) {
            call.returns(bytes);
        }
    }
}
