package org.skep.functions.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.functions.api.Argument;
import org.skep.functions.api.Binding;
import org.skep.functions.api.ScalarFunction;
import org.skep.functions.call.RowCall;
import org.skep.functions.call.RowKernel;
import org.skep.functions.call.Signature;
import org.skep.types.DataType;
import org.skep.types.TypeKind;

/** Declares encodings, digests and ciphers. */
final class EncodingFunctions {
    private static final DataType TEXT = DataType.STRING;

    private EncodingFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                base64(),
                unbase64(),
                encode(),
                decode(),
                digest("md5", "md5")
                        .example("md5('a')", "'0cc175b9c0f1b6a831c399e269772661'")
                        .evaluatedBy(new RowKernel(call -> digest(call, "MD5"))),
                digest("sha1", "SHA-1")
                        .alsoNamed("sha")
                        .example("sha1('a')", "'86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'")
                        .evaluatedBy(new RowKernel(call -> digest(call, "SHA-1"))),
                digest("mask_hash", "SHA-256")
                        .example("mask_hash('a') = sha2('a', 256)", "true")
                        .evaluatedBy(new RowKernel(call -> digest(call, "SHA-256"))),
                sha2(),
                crc32(),
                aes("aes_encrypt", Cipher.ENCRYPT_MODE)
                        .example(
                                "base64(aes_encrypt('ABC', '1234567890123456'))",
                                "'y6Ss+zCYObpCbgfWfyNWTw=='")
                        .evaluatedBy(new RowKernel(call -> aes(call, Cipher.ENCRYPT_MODE))),
                aes("aes_decrypt", Cipher.DECRYPT_MODE)
                        .example(
                                "decode(aes_decrypt(unbase64('y6Ss+zCYObpCbgfWfyNWTw=='),"
                                        + " '1234567890123456'), 'UTF-8')",
                                "'ABC'")
                        .example("aes_decrypt(unbase64('y6Ss+zCYObpCbgfWfyNWTw=='), 'x')", "NULL")
                        .evaluatedBy(new RowKernel(call -> aes(call, Cipher.DECRYPT_MODE))),
                quote());
    }

    private static ScalarFunction base64() {
        return ScalarFunction.named("base64")
                .boundBy(Signature.of("base64", TEXT, DataType.BINARY))
                .nullInNullOut()
                .describedAs("base64(bin) - Convert the argument from binary to a base 64 string")
                .example("base64(cast('a' as binary))", "'YQ=='")
                .evaluatedBy(
                        new RowKernel(
                                call -> call.returns(Base64.getEncoder().encode(call.bytesAt(0)))));
    }

    private static ScalarFunction unbase64() {
        return ScalarFunction.named("unbase64")
                .boundBy(Signature.of("unbase64", DataType.BINARY, TEXT))
                .nullInNullOut()
                .describedAs("unbase64(str) - Convert the argument from a base 64 string to binary")
                .example("decode(unbase64('YQ=='), 'UTF-8')", "'a'")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    try {
                                        call.returns(
                                                Base64.getMimeDecoder().decode(call.bytesAt(0)));
                                    } catch (IllegalArgumentException e) {
                                        // text that is cut off in the middle is NULL
                                    }
                                }));
    }

    private static ScalarFunction encode() {
        return ScalarFunction.named("encode")
                .boundBy(Signature.of("encode", DataType.BINARY, TEXT, TEXT))
                .nullInNullOut()
                .describedAs(
                        "encode(str, str) - Encode the first argument using the second argument"
                                + " character set")
                .example("octet_length(encode('h\u00e9', 'UTF-16BE'))", "4")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    try {
                                        ByteBuffer bytes =
                                                charset(call.textAt(1))
                                                        .newEncoder()
                                                        .encode(CharBuffer.wrap(call.textAt(0)));
                                        byte[] encoded = new byte[bytes.remaining()];
                                        bytes.get(encoded);
                                        call.returns(encoded);
                                    } catch (CharacterCodingException e) {
                                        throw new SkepException(
                                                ErrorCode.RUNTIME_ERROR,
                                                "Cannot encode text: not in character set "
                                                        + call.textAt(1),
                                                e);
                                    }
                                }));
    }

    private static ScalarFunction decode() {
        return ScalarFunction.named("decode")
                .boundBy(Signature.of("decode", TEXT, DataType.BINARY, TEXT))
                .nullInNullOut()
                .describedAs(
                        "decode(bin, str) - Decode the first argument using the second argument"
                                + " character set")
                .example("decode(encode('h\u00e9', 'UTF-16BE'), 'UTF-16BE')", "'h\u00e9'")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    try {
                                        call.returns(
                                                charset(call.textAt(1))
                                                        .newDecoder()
                                                        .decode(ByteBuffer.wrap(call.bytesAt(0)))
                                                        .toString());
                                    } catch (CharacterCodingException e) {
                                        throw new SkepException(
                                                ErrorCode.RUNTIME_ERROR,
                                                "Cannot decode bytes: not in character set "
                                                        + call.textAt(1),
                                                e);
                                    }
                                }));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SkepException(ErrorCode.RUNTIME_ERROR, "Character set not found: " + name, e);
        }
    }

    private static ScalarFunction.Builder digest(String name, String algorithm) {
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            Signature.checkCount(name, arguments, 1, 1);
                            return new Binding(List.of(textOrBytes(name, 0, arguments)), TEXT);
                        })
                .nullInNullOut()
                .describedAs(
                        "%s(str or bin) - Calculates the %s digest of str or bin as hex digits"
                                .formatted(name, algorithm));
    }

    private static DataType textOrBytes(String name, int index, List<Argument> arguments) {
        DataType type = arguments.get(index).type();
        return type.kind() == TypeKind.BINARY ? type : Signature.convert(name, index, type, TEXT);
    }

    private static void digest(RowCall call, String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(call.dataOf(0), call.startOf(0), call.lengthOf(0));
            call.returns(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    private static ScalarFunction sha2() {
        return ScalarFunction.named("sha2")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("sha2", arguments, 2, 2);
                            DataType bits = arguments.get(1).type();
                            return new Binding(
                                    List.of(
                                            textOrBytes("sha2", 0, arguments),
                                            Signature.convert("sha2", 1, bits, DataType.INT)),
                                    TEXT);
                        })
                .nullInNullOut()
                .describedAs(
                        "sha2(string/binary, len) - Calculates the SHA-2 family of hash functions of"
                                + " 224, 256, 384 or 512 bits")
                .example(
                        "sha2('a', 256)",
                        "'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'")
                .example("length(sha2('a', 512))", "128")
                .example("sha2('a', 0) = sha2('a', 256)", "true")
                .example("sha2('a', 3)", "NULL")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    int bits = call.intAt(1) == 0 ? 256 : call.intAt(1);
                                    if (bits == 224 || bits == 256 || bits == 384 || bits == 512) {
                                        digest(call, "SHA-" + bits);
                                    }
                                }));
    }

    private static ScalarFunction crc32() {
        return ScalarFunction.named("crc32")
                .boundBy(
                        arguments -> {
                            Signature.checkCount("crc32", arguments, 1, 1);
                            return new Binding(
                                    List.of(textOrBytes("crc32", 0, arguments)), DataType.BIGINT);
                        })
                .nullInNullOut()
                .describedAs(
                        "crc32(str or bin) - Computes a cyclic redundancy check value for string or"
                                + " binary argument and returns bigint value")
                .example("crc32('a')", "3904355907")
                .evaluatedBy(
                        new RowKernel(
                                call -> {
                                    CRC32 sum = new CRC32();
                                    sum.update(call.dataOf(0), call.startOf(0), call.lengthOf(0));
                                    call.returns(sum.getValue());
                                }));
    }

    private static ScalarFunction.Builder aes(String name, int mode) {
        boolean encrypts = mode == Cipher.ENCRYPT_MODE;
        return ScalarFunction.named(name)
                .boundBy(
                        arguments -> {
                            Signature.checkCount(name, arguments, 2, 2);
                            DataType input =
                                    encrypts
                                            ? textOrBytes(name, 0, arguments)
                                            : Signature.convert(
                                                    name,
                                                    0,
                                                    arguments.get(0).type(),
                                                    DataType.BINARY);
                            return new Binding(
                                    List.of(input, textOrBytes(name, 1, arguments)),
                                    DataType.BINARY);
                        })
                .nullInNullOut()
                .describedAs(
                        encrypts
                                ? "aes_encrypt(input string/binary, key string/binary) - Encrypt"
                                        + " input using AES"
                                : "aes_decrypt(input binary, key string/binary) - Decrypt input using"
                                        + " AES");
    }

    // The mode of operation is Hive's: what it encrypted must be readable here, and the reverse.
    @SuppressWarnings("InsecureCryptoUsage")
    private static void aes(RowCall call, int mode) {
        byte[] key = call.bytesAt(1);
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            return;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"));
            call.returns(cipher.doFinal(call.bytesAt(0)));
        } catch (GeneralSecurityException e) {
            // what cannot be decrypted is NULL
        }
    }

    private static ScalarFunction quote() {
        return ScalarFunction.named("quote")
                .boundBy(Signature.of("quote", TEXT, TEXT))
                .nullInNullOut()
                .describedAs("quote(str) - returns the quoted string including escaped quotes")
                .example("length(quote('it\\'s'))", "7")
                .evaluatedBy(
                        new RowKernel(
                                call ->
                                        call.returns(
                                                "'" + call.textAt(0).replace("'", "\\'") + "'")));
    }
}
