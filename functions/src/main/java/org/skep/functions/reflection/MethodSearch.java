package org.skep.functions.reflection;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for public methods by name and by the types of their arguments. Of several that take the
 * arguments, the one is found whose parameters have most of their very types. No state.
 */
final class MethodSearch {
    private MethodSearch() {}

    /**
     * Finds a method.
     *
     * @param returns a class that can hold its result, or null for any
     */
    static Optional<Method> find(
            Class<?> owner, String name, Class<?> returns, List<JavaType> arguments) {
        return Stream.of(owner.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> returns == null || returns.isAssignableFrom(boxed(method)))
                .filter(method -> fit(method, arguments) >= 0)
                .max(
                        Comparator.comparingInt((Method method) -> fit(method, arguments))
                                .thenComparing(method -> !method.isBridge())
                                .thenComparing(Method::toString));
    }

    private static Class<?> boxed(Method method) {
        return java.lang.invoke.MethodType.methodType(method.getReturnType()).wrap().returnType();
    }

    // -1 if the method does not take the arguments
    private static int fit(Method method, List<JavaType> arguments) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length != arguments.size()) {
            return -1;
        }
        int sum = 0;
        for (int i = 0; i < parameters.length; i++) {
            int fit = arguments.get(i).fit(parameters[i]);
            if (fit == 0) {
                return -1;
            }
            sum += fit;
        }
        return sum;
    }
}
