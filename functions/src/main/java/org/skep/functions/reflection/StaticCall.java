package org.skep.functions.reflection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowFunction;

/**
 * Calls a method of a class that is named by the first two arguments: a static one, or one of an
 * object made without arguments. What the method returns becomes a text; where it throws, the
 * result is NULL. Confined to one thread.
 */
final class StaticCall implements RowFunction {
    private String className;
    private String methodName;
    private Class<?> owner;
    private Object object;
    private Method method;

    @Override
    public void evaluate(RowCall call) {
        if (call.isNull(0) || call.isNull(1)) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR, "Class and method of reflect must not be NULL");
        }
        prepare(call);
        Object[] values = new Object[call.count() - 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = JavaType.value(call, i + 2);
        }
        try {
            call.returns(String.valueOf(method.invoke(object, values)));
        } catch (InvocationTargetException
                | IllegalAccessException
                | IllegalArgumentException
                | NullPointerException e) {
            // As in Hive: the result stays NULL, whatever went wrong inside.
        }
    }

    private void prepare(RowCall call) {
        if (!call.textAt(0).equals(className)) {
            owner = load(call.textAt(0));
            object = instance(owner);
            className = call.textAt(0);
            methodName = null;
        }
        if (!call.textAt(1).equals(methodName)) {
            List<JavaType> types = new ArrayList<>();
            for (int i = 2; i < call.count(); i++) {
                types.add(JavaType.of(call.vector(i).type()));
            }
            method = find(call.textAt(1), types);
            methodName = call.textAt(1);
        }
    }

    private Method find(String name, List<JavaType> types) {
        return MethodSearch.find(owner, name, Object.class, types)
                .orElseThrow(
                        () ->
                                new SkepException(
                                        ErrorCode.RUNTIME_ERROR,
                                        "Method not found: %s.%s".formatted(className, name)));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new SkepException(ErrorCode.RUNTIME_ERROR, "Class not found: " + name, e);
        }
    }

    // Static methods need none.
    private static Object instance(Class<?> owner) {
        try {
            return owner.getConstructor().newInstance();
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            return null;
        } catch (InvocationTargetException | LinkageError e) {
            throw new SkepException(
                    ErrorCode.RUNTIME_ERROR,
                    "Cannot make an object of class: " + owner.getName(),
                    e);
        }
    }
}
